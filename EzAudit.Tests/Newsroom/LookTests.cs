using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EzAudit.Tests.Newsroom;

/// <summary>The pages are accessible: axe finds no serious problem.</summary>
[TestClass]
public sealed class LookTests
{
    // Passed checks are left out: they are most of axe's result.
    private static readonly AxeRunOptions ViolationsOnly = new() { ResultTypes = [ResultType.Violations] };

    private static NewsroomSite s_site = null!;
    private static Visitor s_administrator = null!;

    [ClassInitialize]
    public static async Task Start(TestContext _)
    {
        NewsroomBrowser browser = await NewsroomBrowser.SharedAsync();
        s_site = new NewsroomSite();
        s_administrator = await browser.AdministratorAsync(s_site);
    }

    [ClassCleanup]
    public static async Task Stop()
    {
        if (s_administrator is not null) await s_administrator.DisposeAsync();
        s_site?.Dispose();
    }

    [TestMethod]
    [DataRow("/")]
    [DataRow("/Content/Read/124")]
    [DataRow("/Content/Arrange/124")]
    [DataRow("/Content/Edit/124")]
    [DataRow("/Search?q=council")]
    [DataRow("/Shop")]
    [DataRow("/Shop/Orders")]
    [DataRow("/Projects")]
    [DataRow("/Projects/Details/1")]
    [DataRow("/Me")]
    [DataRow("/Me/SignIn")]
    [DataRow("/Me/Password")]
    [DataRow("/Me/Keys")]
    [DataRow("/Me/TwoFactor")]
    [DataRow("/Me/PersonalData")]
    [DataRow("/Admin/Accounts")]
    [DataRow("/Admin/AccountDetails/17")]
    [DataRow("/Admin/Groups")]
    [DataRow("/Admin/GroupDetails/1")]
    [DataRow("/Admin/Settings")]
    [DataRow("/Admin/Audit")]
    [DataRow("/Mail")]
    [DataRow("/there-is-no-such-page")]
    public async Task AxeFindsNothingSeriousOnAPage(string path)
    {
        IPage page = await s_administrator.Context.NewPageAsync();
        await page.GotoAsync(path);

        AxeResult result = await page.RunAxe(ViolationsOnly);

        string[] found =
        [
            .. result.Violations
                .Where(violation => violation.Impact is "serious" or "critical")
                .SelectMany(violation => violation.Nodes, (violation, node) => $"{violation.Id}: {node.Html}"),
        ];
        Assert.IsEmpty(found, string.Join('\n', found));
        await page.CloseAsync();
    }
}
