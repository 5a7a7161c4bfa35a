using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>What cannot be recorded is not shown: the response is 503 without a byte of the content.</summary>
[TestClass]
public sealed class ViewRefusalTests
{
    private const string Secret = "what nobody may read unrecorded";

    private static readonly string Settings = WebSite.Settings("OnFailure=fail\n" + FailingTarget.Settings, "entity-view");

    [TestMethod]
    [DataRow("/value/7")]
    [DataRow("/json/7")]
    [DataRow("/file/7")]
    [DataRow("/stream/7")]
    [DataRow("/pipe/7")]
    [DataRow("/unflushed/7")]
    [DataRow("/mixed/7")]
    [DataRow("/started/7")]
    [DataRow("/swallowed/7")]
    [DataRow("/synchronous/7")]
    [DataRow("/empty/7")]
    [DataRow("/cached/7")]
    public async Task AViewThatCannotBeRecordedIsRefused(string path)
    {
        var target = new FailingTarget { Fails = true };
        await using WebSite site = await StartAsync(target);
        HttpResponseMessage response = await site.Client.GetAsync(path);
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.AreEqual("", await response.Content.ReadAsStringAsync());
        Assert.IsFalse(response.Headers.Contains("X-Secret"), "headers of the application are not sent");
        Assert.IsTrue(response.Headers.Contains("Retry-After"));

        target.Fails = false;
        HttpResponseMessage later = await site.Client.GetAsync(path.Replace("7", "8", StringComparison.Ordinal));
        Assert.IsTrue(later.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.NotModified, $"found {later.StatusCode}");
        Assert.Contains("Entity ID: 8", target.Taken.Single());
    }

    [TestMethod]
    public async Task A404IsNoViewAndIsNotRefused()
    {
        await using WebSite site = await StartAsync(new FailingTarget { Fails = true }, Settings, app => app.MapGet("/missing/{id}", () => Results.NotFound()).WithAuditView("Ticket"));
        Assert.AreEqual(HttpStatusCode.NotFound, (await site.Client.GetAsync("/missing/7")).StatusCode);
    }

    [TestMethod]
    public async Task AViewIsStillShownIfTheSettingsSayContinue()
    {
        await using WebSite site = await StartAsync(new FailingTarget { Fails = true }, WebSite.Settings("OnFailure=continue\n" + FailingTarget.Settings, "entity-view"));
        Assert.Contains(Secret, await site.Client.GetStringAsync("/json/7"));
    }

    [TestMethod]
    public async Task TheRecordIsStoredBeforeTheFirstByteIsSent()
    {
        bool isStored = false;
        var target = new FailingTarget();
        await using WebSite site = await StartAsync(target, Settings, app => app.MapGet("/late/{id}", async (HttpContext context) =>
        {
            context.Response.OnStarting(() =>
            {
                isStored = target.Taken.IsEmpty;
                return Task.CompletedTask;
            });
            await context.Response.WriteAsync("first");
            isStored &= target.Taken.Single().Contains("Entity ID: 7", StringComparison.Ordinal);
        }).WithAuditView("Ticket"));
        await site.Client.GetAsync("/late/7");
        Assert.IsTrue(isStored);
    }

    [TestMethod]
    public async Task TheRecordOfTheRequestSaysThatItsViewWasRefused()
    {
        const string settings = "[Function-entity-view]\nOnFailure=fail\n" + FailingTarget.Settings;
        await using WebSite site = await StartAsync(new FailingTarget { Fails = true }, WebSite.Settings(settings, "entity-view", "web-access"));
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, (await site.Client.GetAsync("/json/7")).StatusCode);
        Assert.AreEqual("503", site.Record("web-access")["Status"]);
    }

    [TestMethod]
    public async Task UnsentOutputOfAFailedHandlerIsNotSentWithTheErrorPage()
    {
        await using WebSite site = await StartAsync(new FailingTarget(), Settings, app =>
        {
            app.UseExceptionHandler(error => error.Run(context => context.Response.WriteAsync("sorry")));
            app.UseRouting();
            app.MapGet("/failing/{id}", void (HttpContext context) =>
            {
                context.Response.BodyWriter.Write(Encoding.UTF8.GetBytes(Secret));
                throw new InvalidOperationException("broken");
            }).WithAuditView("Ticket");
        });
        HttpResponseMessage response = await site.Client.GetAsync("/failing/7");
        Assert.AreEqual("sorry", await response.Content.ReadAsStringAsync());
    }

    private static Task<WebSite> StartAsync(FailingTarget target, string? settings = null, Action<WebApplication>? map = null) => WebSite.StartAsync(
        settings ?? Settings,
        app =>
        {
            app.Use((context, next) =>
            {
                context.Response.Headers["X-Secret"] = Secret;
                return next(context);
            });
            MapAll(app);
            map?.Invoke(app);
        },
        builder =>
        {
            builder.Services.AddEzAudit().AddPlugin(target);
            builder.Services.Configure<KestrelServerOptions>(server => server.AllowSynchronousIO = true);
        });

    private static void MapAll(WebApplication app)
    {
        byte[] secret = Encoding.UTF8.GetBytes(Secret);
        Map(app, "value", () => Secret);
        Map(app, "json", () => new { Secret });
        Map(app, "file", () => Results.File(secret, "text/plain", "secret.txt"));
        Map(app, "stream", async (HttpContext context) => await context.Response.Body.WriteAsync(secret));
        Map(app, "pipe", async (HttpContext context) =>
        {
            await context.Response.BodyWriter.WriteAsync(secret);
        });
        Map(app, "unflushed", (HttpContext context) => context.Response.BodyWriter.Write(secret));
        Map(app, "mixed", async (HttpContext context) =>
        {
            context.Response.BodyWriter.Write(secret);
            await context.Response.Body.WriteAsync(secret);
        });
        Map(app, "started", async (HttpContext context) =>
        {
            await context.Response.StartAsync();
            await context.Response.WriteAsync(Secret);
        });
        Map(app, "swallowed", async (HttpContext context) =>
        {
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    await context.Response.WriteAsync(Secret);
                }
                catch (Exception failure)
                {
                    context.Response.Headers["X-Secret"] = failure.Message;
                }
            }
        });
        Map(app, "synchronous", (HttpContext context) => context.Response.Body.Write(secret));
        Map(app, "empty", () => Results.NoContent());
        Map(app, "cached", () => Results.StatusCode(304));
    }

    private static void Map(WebApplication app, string name, Delegate handler) => app.MapGet($"/{name}/{{id}}", handler).WithAuditView("Ticket");
}
