using System.Net;
using EzAudit.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore;

/// <summary>Where requests are captured: in front of the pipeline, or where <c>UseEzAudit</c> stands.</summary>
[TestClass]
public sealed class RequestPlacementTests
{
    private static readonly string Settings = WebSite.Settings("", "web-access", "web-request", "entity-view");

    [TestMethod]
    public async Task WithoutUseEzAuditEveryRequestIsRecorded()
    {
        await using WebSite site = await WebSite.StartAsync(Settings, app =>
        {
            Answer(app, "/early");
            app.MapGet("/late/{id}", (int id) => id).WithAuditView("Ticket");
        });
        await GetAll(site, "/early", "/late/7");
        Assert.AreEqual("/early 200, /late/7 200", Requests(site, 2));
        Assert.AreEqual("7", site.Record("entity-view")["Entity ID"]);
    }

    [TestMethod]
    public async Task UseEzAuditRecordsFromItsPlaceOn()
    {
        await using WebSite site = await WebSite.StartAsync(Settings, app =>
        {
            Answer(app, "/early");
            app.UseEzAudit();
            Answer(app, "/middle");
            app.MapGet("/late/{id}", (int id) => id).WithAuditView("Ticket");
        });
        await GetAll(site, "/early", "/middle", "/late/7", "/nowhere");
        Assert.AreEqual("/middle 200, /late/7 200, /nowhere 404", Requests(site, 3));
        Assert.HasCount(3, site.Records("web-request", 3));
        Assert.AreEqual("127.0.0.1", site.Record("entity-view").Address);
    }

    [TestMethod]
    public async Task UseEzAuditInABranchRecordsTheBranch()
    {
        await using WebSite site = await WebSite.StartAsync(Settings, app =>
        {
            app.Map("/inside", branch =>
            {
                branch.UseEzAudit();
                Answer(branch, "");
            });
            Answer(app, "/outside");
        });
        await GetAll(site, "/outside", "/inside");
        Assert.AreEqual("/inside 200", Requests(site, 1));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task RefusalsAreRecordedWhetherTheApplicationOrTheHostAddsAuthentication(bool isAddedByApplication)
    {
        await using WebSite site = await WebSite.StartAsync(
            Settings,
            app =>
            {
                app.UseEzAudit();
                if (isAddedByApplication) app.UseAuthentication().UseAuthorization();
                app.MapGet("/secured", () => "shown").RequireAuthorization();
            },
            builder =>
            {
                builder.Services.AddAuthentication().AddBearerToken();
                builder.Services.AddAuthorization();
            });
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await site.Client.GetAsync("/secured")).StatusCode);
        Assert.AreEqual("/secured 401", Requests(site, 1));
    }

    [TestMethod]
    public async Task ARequestThatAnErrorPageSendsThroughAgainIsRecordedOnce()
    {
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings("", "web-access", "order-delete"), app =>
        {
            app.UseStatusCodePagesWithReExecute("/error");
            app.UseExceptionHandler("/error");
            app.UseEzAudit();
            app.UseRouting();
            app.Map("/error", () => AuditTrail.WriteAudit("order-delete", ("Order ID", 7)) ? "sorry" : "lost");
            app.MapGet("/throws", (HttpContext _) => throw new InvalidOperationException("broken"));
        });
        foreach (string path in new[] { "/nowhere", "/throws" }) Assert.AreEqual("sorry", await (await site.Client.GetAsync(path)).Content.ReadAsStringAsync());
        Assert.AreEqual("/nowhere 404, /throws 500", Requests(site, 2));
        foreach (AuditRecord record in site.Records("order-delete", 2)) Assert.AreEqual("127.0.0.1", record.Address, "An error page's own records say where the request came from.");
    }

    private static void Answer(IApplicationBuilder app, string path) =>
        app.Use((context, next) => context.Request.Path == path ? context.Response.WriteAsync("answered") : next(context));

    private static async Task GetAll(WebSite site, params string[] paths)
    {
        foreach (string path in paths) await site.Client.GetAsync(path);
    }

    private static string Requests(WebSite site, int count) =>
        string.Join(", ", site.Records("web-access", count).Select(record => $"{record["Path"]} {record["Status"]}"));
}
