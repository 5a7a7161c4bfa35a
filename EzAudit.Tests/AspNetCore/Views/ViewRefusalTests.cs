using System.Buffers;
using System.Net;
using System.Text;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>What cannot be recorded is not shown: 503 and not a byte of the content.</summary>
[TestClass]
public sealed class ViewRefusalTests
{
    private const string Secret = "what nobody may read unrecorded";

    private static readonly string Settings = WebSite.Settings("OnFailure=fail\n", "entity-view");

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
        await using WebSite site = await StartAsync(Settings);
        using (Obstacle(site))
        {
            HttpResponseMessage response = await site.Client.GetAsync(path);
            Assert.AreEqual(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.AreEqual("", await response.Content.ReadAsStringAsync());
            Assert.IsFalse(response.Headers.Contains("X-Secret"), "headers of the application are not sent");
            Assert.AreEqual("10", response.Headers.GetValues("Retry-After").Single());
            Assert.AreEqual("no-store", response.Headers.CacheControl!.ToString());
        }
        // The connection and the site are as before.
        HttpResponseMessage later = await site.Client.GetAsync("/value/8");
        Assert.Contains(Secret, await later.Content.ReadAsStringAsync());
        Assert.AreEqual("8", site.Record("entity-view")["Entity ID"]);
    }

    [TestMethod]
    public async Task WhatIsNoViewIsNotRefused()
    {
        await using WebSite site = await StartAsync(Settings, app => app.MapGet("/missing/{id}", () => Results.NotFound()).WithAuditView("Ticket"));
        using (Obstacle(site)) Assert.AreEqual(HttpStatusCode.NotFound, (await site.Client.GetAsync("/missing/7")).StatusCode);
    }

    [TestMethod]
    public async Task AViewIsShownAllTheSameWhereTheSettingsSayContinue()
    {
        await using WebSite site = await StartAsync(WebSite.Settings("OnFailure=continue\n", "entity-view"));
        using (Obstacle(site)) Assert.Contains(Secret, await site.Client.GetStringAsync("/json/7"));
    }

    [TestMethod]
    public async Task TheRecordIsStoredBeforeTheFirstByteIsSent()
    {
        bool isStored = false;
        await using WebSite site = await StartAsync(Settings, app => app.MapGet("/late/{id}", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("first");
            isStored = File.ReadAllText(app.Services.LogFile("entity-view.log")).Contains("Entity ID: 7", StringComparison.Ordinal);
        }).WithAuditView("Ticket"));
        await site.Client.GetAsync("/late/7");
        Assert.IsTrue(isStored);
    }

    private static Task<WebSite> StartAsync(string settings, Action<WebApplication>? map = null) => WebSite.StartAsync(
        settings,
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
        builder => builder.Services.Configure<KestrelServerOptions>(server => server.AllowSynchronousIO = true));

    private static void MapAll(WebApplication app)
    {
        byte[] secret = Encoding.UTF8.GetBytes(Secret);
        Map(app, "value", () => Secret);
        Map(app, "json", () => new { Secret });
        Map(app, "file", () => Results.File(secret, "text/plain", "secret.txt"));
        Map(app, "stream", async (HttpContext context) => await context.Response.Body.WriteAsync(secret));
        Map(app, "pipe", async (HttpContext context) => await context.Response.BodyWriter.WriteAsync(secret));
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
                catch (AuditWriteException)
                {
                    context.Response.StatusCode = 200;
                }
            }
        });
        Map(app, "synchronous", (HttpContext context) => context.Response.Body.Write(secret));
        Map(app, "empty", () => Results.NoContent());
        Map(app, "cached", () => Results.StatusCode(304));
    }

    private static void Map(WebApplication app, string name, Delegate handler) => app.MapGet($"/{name}/{{id}}", handler).WithAuditView("Ticket");

    // A directory where the log file should be: EISDIR.
    private static DirectoryObstacle Obstacle(WebSite site) => new(site.Root[$"{AuditSite.LogDirectory}/entity-view.log"]);
}
