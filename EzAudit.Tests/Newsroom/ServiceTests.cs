using EzAudit.Records;

namespace EzAudit.Tests.Newsroom;

/// <summary>Records about the site itself: its start, sessions, settings and audit settings, and its stop.</summary>
[TestClass]
public sealed class ServiceTests
{
    [TestMethod]
    public async Task ItsStartAnIdleSessionAndItsStopAreRecorded()
    {
        // Much longer than a sign-in and the next page take even on a busy machine, but short enough to wait for.
        using var site = new NewsroomSite("--Sessions:IdleTimeout=00:00:05", "--Sessions:SweepInterval=00:00:00.1");
        NewsroomBrowser browser = await NewsroomBrowser.SharedAsync();
        await using Visitor reader = await browser.VisitAsync(site);

        await reader.SignInAsync("reader", NewsroomSite.ReaderPassword);
        AuditRecord timeout = site.Only("session-timeout", record => record.Actor.Login == "reader");
        site.Stop();

        string address = site.Address.GetLeftPart(UriPartial.Authority);
        AuditRecord start = site.Only("service-start", record => record["Address"] == address);
        Assert.AreEqual(new AuditActor("Newsroom", "service"), start.Actor);
        Assert.AreEqual("Newsroom", start["Service"]);
        AuditRecord end = site.Only("session-end", record => record["Session id"] == timeout["Session id"]);
        Assert.AreEqual("timeout", end["Reason"]);
        AuditRecord stop = site.Only("service-stop", record => record["Address"] == address);
        Assert.AreEqual("shutdown", stop["Reason"]);
        site.Only("audit-start", record => record.Time <= start.Time);
        site.Only("audit-stop", record => record.Time >= stop.Time);
    }

    [TestMethod]
    public async Task SettingsAreChangedAndTheAuditTrailIsRead()
    {
        using var site = new NewsroomSite();
        NewsroomBrowser browser = await NewsroomBrowser.SharedAsync();
        await using Visitor administrator = await browser.AdministratorAsync(site);

        await administrator.GoAsync("/Admin/Settings");
        await administrator.FillAsync("Site title", "The Evening News");
        await administrator.PressAsync("Change title");
        await administrator.PressAsync("Close the shop");
        await administrator.PressAsync("Clear cache");
        await administrator.GoAsync("/Admin/Audit");

        Assert.AreEqual("The Evening News", await administrator.TextAsync(".masthead"));
        StringAssert.Contains(await administrator.TextAsync(), "The Evening News", StringComparison.Ordinal);
        site.Only("setting-change", ("Setting", "title"), ("Old value", "The Newsroom"), ("New value", "The Evening News"));
        site.Only("feature-flag-change", ("Flag", "shop-is-open"), ("Old value", "yes"), ("New value", "no"));
        site.Only("cache-clear", record => record["Cache"] == "settings");
        site.Only("audit-read", record => record["Query"] == "all");
    }
}
