using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace EzAudit.Tests.Newsroom;

/// <summary>The pages can be used by everybody: axe finds nothing serious.</summary>
[TestClass]
public sealed class LookTests
{
    [TestMethod]
    public async Task AxeFindsNothingSeriousOnThePages()
    {
        await using NewsroomBrowser browser = await NewsroomBrowser.StartAsync();
        using var site = new NewsroomSite();
        await using Visitor administrator = await browser.AdministratorAsync(site);
        var found = new List<string>();

        foreach (string path in new[]
        {
            "/", "/Content/Read/124", "/Content/Arrange/124", "/Content/Edit/124", "/Search?q=council", "/Shop", "/Shop/Orders", "/Projects", "/Projects/Details/1",
            "/Me", "/Me/SignIn", "/Me/Password", "/Me/Keys", "/Me/TwoFactor", "/Me/PersonalData", "/Admin/Accounts", "/Admin/AccountDetails/17",
            "/Admin/Groups", "/Admin/GroupDetails/1", "/Admin/Settings", "/Admin/Audit", "/Mail", "/there-is-no-such-page",
        })
        {
            await administrator.GoAsync(path);
            AxeResult result = await administrator.Page.RunAxe();
            found.AddRange(result.Violations
                .Where(violation => violation.Impact is "serious" or "critical")
                .SelectMany(violation => violation.Nodes, (violation, node) => $"{path}: {violation.Id}: {node.Html}"));
        }

        Assert.IsEmpty(found, string.Join('\n', found));
    }
}
