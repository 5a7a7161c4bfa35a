using System.Net;
using EzAudit.Records;
using Microsoft.AspNetCore.Builder;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>Service calls, and pages that are endpoints.</summary>
[TestClass]
public sealed class CallTests
{
    private static readonly string Settings = WebSite.Settings("", "application-call", "page-input", "page-output");

    [TestMethod]
    public async Task EachCallIsARecordWhateverItsResult()
    {
        await using WebSite site = await StartAsync(app =>
        {
            app.MapPost("/services/orders", () => "done").WithAuditCall("OrderService", "Submit");
            app.MapGet("/services/broken", string () => throw new InvalidOperationException("broken")).WithAuditCall("BrokenService");
        });
        await site.Client.PostAsync("/services/orders", null);
        Assert.AreEqual(HttpStatusCode.InternalServerError, (await site.Client.GetAsync("/services/broken")).StatusCode);
        AuditRecord[] records = site.Records("application-call", 2);
        CollectionAssert.AreEqual(new[] { "OrderService", "BrokenService" }, records.Select(record => record["Resource"]).ToArray());
        CollectionAssert.AreEqual(new[] { "Submit", "GET" }, records.Select(record => record["Operation"]).ToArray());
        CollectionAssert.AreEqual(new[] { "200", "500" }, records.Select(record => record["Status"]).ToArray());
        foreach (AuditRecord record in records) Assert.IsTrue(TimeSpan.TryParse(record["Duration"], null, out TimeSpan duration) && duration > TimeSpan.Zero, record["Duration"]);
    }

    [TestMethod]
    public async Task AnEndpointMayBeAPage()
    {
        await using WebSite site = await StartAsync(app => app.MapGet("/orders", () => new[] { 1, 2 }).WithAuditPage("Orders", "year"));
        await site.Client.GetAsync("/orders?year=2026&password=geheim");
        CollectionAssert.AreEqual(new AuditField[] { ("Page", "Orders"), ("Parameters", "year=2026") }, site.Record("page-input").Fields.ToArray());
        CollectionAssert.AreEqual(new AuditField[] { ("Page", "Orders"), ("Rows", 2) }, site.Record("page-output").Fields.ToArray());
    }

    private static Task<WebSite> StartAsync(Action<WebApplication> map) => WebSite.StartAsync(Settings, map);
}
