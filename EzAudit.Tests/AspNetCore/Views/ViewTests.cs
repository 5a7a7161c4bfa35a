using System.Buffers;
using System.Net;
using System.Security.Claims;
using System.Text;
using EzAudit.AspNetCore;
using EzAudit.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>Records of views through endpoints of minimal APIs.</summary>
[TestClass]
public sealed class ViewTests
{
    private static readonly string Settings = WebSite.Settings("", "entity-view", "entity-search");

    [TestMethod]
    public async Task AViewIsRecordedWithTypeIdAndActor()
    {
        await using WebSite site = await StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "anna"), new Claim(ClaimTypes.NameIdentifier, "17")], "test"));
                return next(context);
            });
            app.MapGet("/tickets/{id:int}", (int id) => new { id, title = "Printer" }).WithAuditView("Ticket");
        });
        Assert.AreEqual("""{"id":7,"title":"Printer"}""", await site.Client.GetStringAsync("/tickets/7"));
        AuditRecord record = site.Record("entity-view");
        Assert.AreEqual("anna", record.Actor.Login);
        CollectionAssert.AreEqual(new AuditField[] { ("Entity type", "Ticket"), ("Entity ID", "7") }, record.Fields.ToArray());
    }

    [TestMethod]
    public async Task TheHandlerAddsDetails()
    {
        await using WebSite site = await StartAsync(app => app.MapGet("/requirements/{number}", (string number, HttpContext context) =>
        {
            context.AuditView("Mahjong/User Stories/Requirement", "Mahjong", "6fbdede7");
            return number;
        }).WithAuditView("Requirement", idFrom: "number"));
        await site.Client.GetAsync("/requirements/12");
        CollectionAssert.AreEqual(
            new AuditField[] { ("Entity type", "Requirement"), ("Entity path", "Mahjong/User Stories/Requirement"), ("Entity ID", "6fbdede7"), ("Project name", "Mahjong") },
            site.Record("entity-view").Fields.ToArray());
    }

    [TestMethod]
    public async Task AnAttributeOnTheHandlerDoesTheSameAndTakesIdsOfTheQuery()
    {
        await using WebSite site = await StartAsync(app => app.MapGet("/Ticket/Display.html", [AuditView("ticket", ProjectFrom = "queue")] () => "shown"));
        await site.Client.GetAsync("/Ticket/Display.html?id=1317491&queue=General&token=geheim");
        AuditRecord record = site.Record("entity-view");
        Assert.AreEqual("1317491", record["Entity ID"]);
        Assert.AreEqual("General", record["Project name"]);
        Assert.DoesNotContain("geheim", site.AllLogs());
    }

    [TestMethod]
    public async Task AGroupMayBeMarkedAndTheEndpointOverridesIt()
    {
        await using WebSite site = await StartAsync(app =>
        {
            var group = app.MapGroup("/tickets").WithAuditView("Ticket");
            group.MapGet("/{id}", (string id) => id);
            group.MapGet("/", () => new[] { "a", "b" }).WithAuditSearch("Ticket");
        });
        await site.Client.GetAsync("/tickets/7");
        await site.Client.GetAsync("/tickets/?q=printer");
        Assert.AreEqual("7", site.Record("entity-view")["Entity ID"]);
        CollectionAssert.AreEqual(
            new AuditField[] { ("Entity type", "Ticket"), ("Query", "printer"), ("Result count", 2) }, site.Record("entity-search").Fields.ToArray());
    }

    [TestMethod]
    public async Task OnlyTheNamedValuesOfAQueryAreWritten()
    {
        await using WebSite site = await StartAsync(app =>
            app.MapGet("/search", Results<Ok<int[]>, NotFound> () => TypedResults.Ok(new[] { 1, 2, 3 })).WithAuditSearch("Ticket", "status", "owner"));
        await site.Client.GetAsync("/search?owner=anna&status=open&api_key=geheim");
        AuditRecord record = site.Record("entity-search");
        Assert.AreEqual("status=open, owner=anna", record["Query"]);
        Assert.AreEqual("3", record["Result count"]);
        Assert.DoesNotContain("geheim", site.AllLogs());
    }

    [TestMethod]
    public async Task TheHandlerMayCount()
    {
        await using WebSite site = await StartAsync(app => app.MapGet("/search", [AuditSearch("Ticket")] (HttpContext context) =>
        {
            context.AuditSearch(resultCount: 1200, query: "Status = 'open'");
            return new { total = 1200 };
        }));
        await site.Client.GetAsync("/search");
        AuditRecord record = site.Record("entity-search");
        Assert.AreEqual("Status = 'open'", record["Query"]);
        Assert.AreEqual("1200", record["Result count"]);
    }

    [TestMethod]
    public async Task AFormThatTheHandlerReadGivesTheId()
    {
        await using WebSite site = await StartAsync(app => app.MapPost("/show", async (HttpContext context) =>
        {
            await context.Request.ReadFormAsync();
            return "shown";
        }).WithAuditView("ticket"));
        using var form = new FormUrlEncodedContent([new("id", "8"), new("password", "geheim")]);
        await site.Client.PostAsync("/show", form);
        Assert.AreEqual("8", site.Record("entity-view")["Entity ID"]);
        Assert.DoesNotContain("geheim", site.AllLogs());
    }

    [TestMethod]
    public async Task AViewThatNobodySawIsNotRecorded()
    {
        await using WebSite site = await StartAsync(app =>
        {
            app.MapGet("/missing/{id}", () => Results.NotFound()).WithAuditView("Ticket");
            app.MapGet("/moved/{id}", () => Results.Redirect("/x")).WithAuditView("Ticket");
            app.MapGet("/broken/{id}", string () => throw new InvalidOperationException("broken")).WithAuditView("Ticket");
            app.MapMethods("/tickets/{id}", ["GET", "HEAD"], (string id) => id).WithAuditView("Ticket");
        });
        Assert.AreEqual(HttpStatusCode.NotFound, (await site.Client.GetAsync("/missing/1")).StatusCode);
        Assert.AreEqual(HttpStatusCode.Redirect, (await site.Client.GetAsync("/moved/2")).StatusCode);
        Assert.AreEqual(HttpStatusCode.InternalServerError, (await site.Client.GetAsync("/broken/3")).StatusCode);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/tickets/4");
        Assert.AreEqual(HttpStatusCode.OK, (await site.Client.SendAsync(head)).StatusCode);
        await site.Client.GetAsync("/tickets/5");
        Assert.AreEqual("5", site.Record("entity-view")["Entity ID"]);
    }

    [TestMethod]
    public async Task ARevalidatedCopyIsSeenAgain()
    {
        await using WebSite site = await StartAsync(app => app.MapGet("/tickets/{id}", () => Results.StatusCode(304)).WithAuditView("Ticket"));
        Assert.AreEqual(HttpStatusCode.NotModified, (await site.Client.GetAsync("/tickets/7")).StatusCode);
        Assert.AreEqual("7", site.Record("entity-view")["Entity ID"]);
    }

    [TestMethod]
    public async Task AHandlerThatWritesTheResponseItselfIsOneView()
    {
        await using WebSite site = await StartAsync(app => app.MapGet("/tickets/{id}", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("a");
            context.Response.BodyWriter.Write("b"u8);
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("c"));
            context.Response.BodyWriter.Write("d"u8);
        }).WithAuditView("Ticket"));
        Assert.AreEqual("abcd", await site.Client.GetStringAsync("/tickets/7"));
        Assert.AreEqual("7", site.Record("entity-view")["Entity ID"]);
    }

    [TestMethod]
    public async Task AResponseWrittenToThePipeAloneIsSentCompletely()
    {
        await using WebSite site = await StartAsync(app => app.MapGet("/tickets/{id}", (HttpContext context) =>
        {
            context.Response.BodyWriter.Write("never flushed"u8);
        }).WithAuditView("Ticket"));
        Assert.AreEqual("never flushed", await site.Client.GetStringAsync("/tickets/7"));
        Assert.AreEqual("7", site.Record("entity-view")["Entity ID"]);
    }

    [TestMethod]
    public async Task AnAbortedViewIsRecorded()
    {
        await using WebSite site = await StartAsync(app => app.MapGet("/tickets/{id}", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half of a secret");
            throw new InvalidOperationException("broken");
        }).WithAuditView("Ticket"));
        await Assert.ThrowsAsync<HttpRequestException>(() => site.Client.GetStringAsync("/tickets/7"));
        Assert.AreEqual("7", site.Record("entity-view")["Entity ID"]);
    }

    [TestMethod]
    public async Task AFunctionWithoutAFileChangesNothing()
    {
        await using WebSite site = await StartAsync(
            app => app.MapGet("/tickets/{id}", (HttpContext context) =>
            {
                context.AuditView("a path");
                return context.Response.Body.GetType().Name;
            }).WithAuditView("Ticket"),
            WebSite.Settings("", "user-login"));
        Assert.DoesNotContain("Observed", await site.Client.GetStringAsync("/tickets/7"));
        Assert.IsFalse(site.Has("entity-view"));
    }

    [TestMethod]
    public async Task WithoutItsServicesAMarkedEndpointSaysWhatIsMissing()
    {
        await using WebApplication app = WebApplication.CreateBuilder().Build();
        app.MapGet("/tickets/{id}", () => "shown").WithAuditView("Ticket");
        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.Single().Endpoints.ToString());
        Assert.Contains("Call builder.Services.AddEzAudit().AddAspNetCore()", failure.Message);
    }

    private static Task<WebSite> StartAsync(Action<WebApplication> map, string? settings = null) => WebSite.StartAsync(settings ?? Settings, map);
}
