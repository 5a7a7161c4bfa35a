using EzAudit.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>The same attributes on controllers, actions and page models.</summary>
[TestClass]
public sealed class ControllerAndPageTests
{
    private static readonly string Settings = WebSite.Settings("", "entity-view", "entity-search", "entity-download", "page-input", "page-output");

    [TestMethod]
    public async Task AnActionHasTheAttributeOfItsController()
    {
        await using WebSite site = await StartAsync();
        Assert.AreEqual("""{"id":7}""", await site.Client.GetStringAsync("/tickets/7"));
        CollectionAssert.AreEqual(new AuditField[] { ("Entity type", "Ticket"), ("Entity ID", "7") }, site.Record("entity-view").Fields.ToArray());
    }

    [TestMethod]
    public async Task ItsOwnAttributeTakesPrecedence()
    {
        await using WebSite site = await StartAsync();
        Assert.AreEqual("raw", await site.Client.GetStringAsync("/tickets/7/raw"));
        Assert.AreEqual("Raw ticket", site.Record("entity-view")["Entity type"]);
    }

    [TestMethod]
    public async Task AnActionsListIsCounted()
    {
        await using WebSite site = await StartAsync();
        await site.Client.GetAsync("/tickets?q=printer");
        CollectionAssert.AreEqual(new AuditField[] { ("Entity type", "Ticket"), ("Query", "printer"), ("Result count", 3) }, site.Record("entity-search").Fields.ToArray());
        Assert.IsFalse(site.Has("entity-view"));
    }

    [TestMethod]
    public async Task AnActionsFileIsADownload()
    {
        await using WebSite site = await StartAsync();
        await site.Client.GetAsync("/tickets/7/attachment");
        CollectionAssert.AreEqual(
            new AuditField[] { ("Entity type", "Ticket"), ("Entity ID", "7"), ("File name", "attachment.bin"), ("Bytes", 42) }, site.Record("entity-download").Fields.ToArray());
    }

    [TestMethod]
    public async Task APageIsAViewWithInputAndOutput()
    {
        await using WebSite site = await StartAsync();
        Assert.AreEqual("<p>Ticket 7</p>", await site.Client.GetStringAsync("/pages/tickets/7?tab=history&token=geheim"));
        CollectionAssert.AreEqual(
            new AuditField[] { ("Entity type", "Ticket"), ("Entity path", "General/Ticket 7"), ("Entity ID", "7") }, site.Record("entity-view").Fields.ToArray());
        CollectionAssert.AreEqual(
            new AuditField[] { ("Page", "/pages/tickets/{id}"), ("Parameters", "id=7, tab=history") }, site.Record("page-input").Fields.ToArray());
        CollectionAssert.AreEqual(new AuditField[] { ("Page", "/pages/tickets/{id}"), ("Rows", 12) }, site.Record("page-output").Fields.ToArray());
    }

    private static Task<WebSite> StartAsync() => WebSite.StartAsync(
        Settings,
        app =>
        {
            app.MapControllers();
            app.MapRazorPages();
        },
        builder =>
        {
            builder.Services.AddControllers().AddApplicationPart(typeof(TicketsController).Assembly);
            builder.Services.AddRazorPages().ConfigureApplicationPartManager(parts => parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(TicketPage).Assembly)));
        });
}
