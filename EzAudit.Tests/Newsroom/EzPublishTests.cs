using System.Text.RegularExpressions;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Newsroom;

/// <summary>eZ Publish's ten functions in a browser, with the settings and files that the site ships with.</summary>
[TestClass]
public sealed partial class EzPublishTests
{
    [TestMethod]
    public async Task TheTenFunctionsLeaveOneRecordEachInTheirFiles()
    {
        NewsroomBrowser browser = await NewsroomBrowser.SharedAsync();
        using var site = NewsroomSite.AsShipped();
        int seeded = Records(site, "role_assign.log").Count + Records(site, "role_change.log").Count;
        Assert.AreEqual(0, Records(site, "content_move.log").Count);
        await using Visitor visitor = await browser.VisitAsync(site);

        await visitor.SignInAsync("admin", "Not-the-password-1");
        await visitor.SignInAsync("admin", NewsroomSite.AdminPassword);
        await ArrangeAsync(visitor, 124, "Move", "#move-to", "59");
        await ArrangeAsync(visitor, 124, "Hide");
        await ArrangeAsync(visitor, 124, "Assign section", "#section", "2");
        await ArrangeAsync(visitor, 124, "Assign states", "#review", "2");
        await ArrangeAsync(visitor, 124, "Remove node");
        await visitor.GoAsync("/Admin/GroupDetails/3");
        await visitor.CheckAsync("audit.read");
        await visitor.PressAsync("Set permissions");
        await visitor.FillAsync("Login", "editor");
        await visitor.PressAsync("Add to group");
        await visitor.GoAsync("/Shop");
        await visitor.Page.Locator("form.card").First.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await visitor.GoAsync("/Shop/Change/1");
        await visitor.PressAsync("Delete order");

        Is(site, "failed_login.log", "anonymous:10", "User login: admin\nComment: .+\n");
        Is(site, "login.log", "anonymous:10", "User id: 14\nUser login: admin\n");
        string name = "Content Name: Council votes for a new bridge\n";
        Is(site, "content_move.log", "admin:14",
            $"Node ID: 124\nOld parent node ID: 60\nNew parent node ID: 59\nObject ID: 114\n{name}Comment: Moved the node to the given node\n");
        Is(site, "content_hide.log", "admin:14", $"Node ID: 124\nObject ID: 114\n{name}Time: [0-9]+\nComment: Hid the node\n");
        Is(site, "section_assign.log", "admin:14", "Section ID: 2\nSection name: Sport\nNode ID: 124\nContent object ID: 114\n"
            + "Content object name: Council votes for a new bridge\nComment: Assigned the section to the node and all below it\n");
        Is(site, "state_assign.log", "admin:14", "Content object ID: 114\nContent object name: Council votes for a new bridge\n"
            + "Selected State ID Array: 2, 4\nComment: Updated the states of the object\n");
        Is(site, "content_delete.log", "admin:14", $"Node ID: 124\nObject ID: 114\n{name}Comment: Removed the node\n");
        Is(site, "role_change.log", "admin:14", "Role ID: 3\nRole name: Readers\nComment: Granted .*audit.read\n");
        Is(site, "role_assign.log", "admin:14",
            "Role ID: 3\nRole name: Readers\nAssign to content object ID: 16\nContent object name: editor\nComment: .+\n");
        Is(site, "order_delete.log", "admin:14", "Order ID: 1\nComment: Removed the order and its data\n");
        Assert.AreEqual(seeded + 2, Records(site, "role_assign.log").Count + Records(site, "role_change.log").Count);
    }

    private static async Task ArrangeAsync(Visitor visitor, long node, string button, string? list = null, string? value = null)
    {
        await visitor.GoAsync($"/Content/Arrange/{node}");
        if (list is not null) await visitor.Page.SelectOptionAsync(list, value!);
        await visitor.PressAsync(button);
    }

    // Exactly one record of the file has this actor and these fields, as text, followed by the fields that the settings add.
    private static void Is(NewsroomSite site, string file, string actor, string fields)
    {
        var expected = new Regex($@"^\[ [A-Z][a-z]{{2}} \d\d \d{{4}} \d\d:\d\d:\d\d \] \[127\.0\.0\.1\] \[{actor}\]\n{fields}(Session id: .+\n)?(Trace id: .+\n)?(Audit function: .+\n)?$");
        List<string> Found() => Records(site, file).Where(record => expected.IsMatch(record)).ToList();
        Until.True(() => Found().Count > 0, $"{file} has {fields}", () => string.Join('\n', Records(site, file)), TimeSpan.FromSeconds(5));
        Assert.HasCount(1, Found());
    }

    private static List<string> Records(NewsroomSite site, string file)
    {
        string path = Path.Combine(site.LogDirectory, file);
        if (!File.Exists(path)) return [];
        return [.. BlankLine().Split(File.ReadAllText(path)).Where(record => record.Length > 0)];
    }

    [GeneratedRegex(@"(?<=\n)\n")]
    private static partial Regex BlankLine();
}
