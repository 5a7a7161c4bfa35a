using EzAudit.Records;

namespace EzAudit.Tests.Newsroom;

/// <summary>What administrators do in a browser: accounts, groups, projects, orders, personal data.</summary>
[TestClass]
public sealed class AdministrationTests
{
    private const string Password = "Somebody-of-the-news-1";
    private static NewsroomSite s_site = null!;
    private static NewsroomBrowser s_browser = null!;

    [ClassInitialize]
    public static async Task Start(TestContext _)
    {
        s_browser = await NewsroomBrowser.SharedAsync();
        s_site = new NewsroomSite();
    }

    [ClassCleanup]
    public static void Stop() => s_site?.Dispose();

    [TestMethod]
    public async Task AnAccountIsMadeDisabledEnabledAndDeleted()
    {
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);

        string id = await administrator.CreateAccountAsync("short-lived", Password);
        foreach (string button in new[] { "Disable", "Enable", "Erase personal data", "Delete account" })
        {
            await administrator.GoAsync($"/Admin/AccountDetails/{id}");
            await administrator.PressAsync(button);
        }

        AuditRecord create = s_site.Only("user-create", ("User id", id), ("User login", "short-lived"), ("Email", "short-lived@newsroom.example"));
        Assert.AreEqual("admin:14", $"{create.Actor.Login}:{create.Actor.Id}");
        s_site.Only("user-disable", record => record["User id"] == id);
        s_site.Only("user-enable", ("User id", id), ("User login", "short-lived"));
        s_site.Only("personal-data-erase", record => record["Person id"] == id);
        s_site.Only("user-delete", ("User id", id), ("User login", "short-lived"));
    }

    [TestMethod]
    public async Task TheAuditPageEscapesControlCharacters()
    {
        const string Login = "ed\u202etor\u2066\u200f\u061c";
        await using Visitor stranger = await s_browser.VisitAsync(s_site);
        await stranger.SignInAsync(Login, "wrong");
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);
        await administrator.GoAsync("/Admin/Audit");

        string text = await administrator.TextAsync();
        StringAssert.Contains(text, @"ed\u{202e}tor\u{2066}\u{200f}\u{61c}", StringComparison.Ordinal);
        foreach (char control in "\u202e\u2066\u200f\u061c") Assert.DoesNotContain(control, text);
    }

    [TestMethod]
    public async Task GroupsPermissionsAndPasswordOfAnAccountAreSet()
    {
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);
        string id = await administrator.CreateAccountAsync("promoted", Password);

        await administrator.CheckAsync("Editors");
        await administrator.PressAsync("Set groups");
        await administrator.CheckAsync("audit.read");
        await administrator.PressAsync("Set permissions");
        await administrator.FillAsync("New password", "Another-of-the-news-2");
        await administrator.PressAsync("Set password");

        Assert.AreEqual("Editors", s_site.Only("user-groups-set", record => record["User id"] == id)["Added"]);
        Assert.AreEqual("Editors", s_site.Only("role-assign", record => record["Assign to content object ID"] == id)["Role name"]);
        StringAssert.Contains(s_site.Only("user-permissions-set", record => record["User id"] == id)["Granted"], "audit.read", StringComparison.Ordinal);
        s_site.Only("user-password-change", ("User id", id), ("User login", "promoted"));
    }

    [TestMethod]
    public async Task AGroupIsMadeRenamedFilledAndDeleted()
    {
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);
        string user = await administrator.CreateAccountAsync("member", Password);

        await administrator.GoAsync("/Admin/Groups");
        await administrator.FillAsync("New group", "Photographers");
        await administrator.PressAsync("Create group");
        string id = administrator.Page.Url.Split('/')[^1];
        await administrator.FillAsync("Group name", "Picture desk");
        await administrator.PressAsync("Rename");
        await administrator.CheckAsync("content.edit");
        await administrator.PressAsync("Set permissions");
        await administrator.FillAsync("Login", "member");
        await administrator.PressAsync("Add to group");
        await administrator.FillAsync("Login", "member");
        await administrator.PressAsync("Remove from group");
        await administrator.PressAsync("Delete group");

        s_site.Only("group-create", ("Group ID", id), ("Group name", "Photographers"));
        s_site.Only("role-create", record => record["Role ID"] == id);
        s_site.Only("group-rename", ("Group ID", id), ("Old name", "Photographers"), ("New name", "Picture desk"));
        s_site.Only(
            "group-permissions-set", ("Group ID", id), ("Group name", "Picture desk"), ("Granted", "permission=content.edit"), ("Revoked", ""));
        Assert.HasCount(2, s_site.Records("role-change").Where(record => record["Role ID"] == id));
        s_site.Only("group-user-add", ("Group ID", id), ("Group name", "Picture desk"), ("User id", user), ("User login", "member"));
        s_site.Only("role-assign", record => record["Role ID"] == id);
        s_site.Only("group-user-remove", ("Group ID", id), ("Group name", "Picture desk"), ("User id", user), ("User login", "member"));
        s_site.Only("role-unassign", record => record["Role ID"] == id);
        s_site.Only("group-delete", ("Group ID", id), ("Group name", "Picture desk"));
        s_site.Only("role-delete", record => record["Role ID"] == id);
    }

    [TestMethod]
    public async Task AProjectHasMembersGroupsAndPermissions()
    {
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);
        await administrator.GoAsync("/Projects");
        await administrator.FillAsync("New project", "Olympics");
        await administrator.PressAsync("Create project");
        string id = administrator.Page.Url.Split('/')[^1];

        await administrator.FillAsync("Login", "reader");
        await administrator.PressAsync("Add member");
        await administrator.CheckAsync("write");
        await administrator.PressAsync("Set permissions");
        await administrator.PressAsync("Remove reader");
        await administrator.CheckAsync("Editors");
        await administrator.PressAsync("Set groups");
        await administrator.CheckAsync("invite");
        await administrator.PressAsync("Set group permissions");

        s_site.Only("project-user-add", ("Project ID", id), ("Project name", "Olympics"), ("User id", 17), ("User login", "reader"));
        s_site.Only(
            "project-user-permissions-set", ("Project ID", id), ("Project name", "Olympics"), ("User id", 17), ("User login", "reader"),
            ("Granted", "write"), ("Revoked", ""));
        s_site.Only("project-user-remove", ("Project ID", id), ("Project name", "Olympics"), ("User id", 17), ("User login", "reader"));
        Assert.AreEqual("Editors", s_site.Only("project-groups-set", record => record["Project ID"] == id)["Added"]);
        s_site.Only(
            "project-group-permissions-set", ("Project ID", id), ("Project name", "Olympics"), ("Group ID", 2), ("Group name", "Editors"),
            ("Granted", "invite"), ("Revoked", ""));
    }

    [TestMethod]
    public async Task OrdersArePlacedChangedExportedAndDeleted()
    {
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);
        string first = await OrderAsync(administrator);
        await OrderAsync(administrator);

        await administrator.GoAsync($"/Shop/Change/{first}");
        await administrator.FillAsync("How many", "5");
        await administrator.PressAsync("Change quantity");
        await administrator.ChooseAsync("Progress", "1");
        await administrator.PressAsync("Change state");
        await administrator.PressAsync("Delete order");
        await administrator.GoAsync("/Shop/Orders");
        await administrator.Page.RunAndWaitForDownloadAsync(() => administrator.Page.GetByText("Export as CSV").ClickAsync());
        await administrator.PressAsync("Delete all orders");

        s_site.Only(
            "order-create", ("Order ID", first), ("User id", 14), ("User login", "admin"), ("Total", "29.00 EUR"), ("Comment", "Placed the order"));
        s_site.Only(
            "order-change", ("Order ID", first), ("What", "Quantity"), ("Old value", 1), ("New value", 5), ("Comment", "Changed the order"));
        s_site.Only(
            "order-change", ("Order ID", first), ("What", "State"), ("Old value", "Placed"), ("New value", "Paid"), ("Comment", "Changed the order"));
        s_site.Only("order-delete", ("Order ID", first), ("Comment", "Removed the order and its data"));
        s_site.Only("data-export", ("Data", "orders"), ("Rows", 1), ("Destination", "orders.csv"));
        s_site.Only("order-delete", ("Comment", "Removed all orders"));
    }

    [TestMethod]
    public async Task PersonalDataIsViewedAndDownloaded()
    {
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);
        string id = await administrator.CreateAccountAsync("person", Password);
        await using Visitor person = await s_browser.VisitAsync(s_site);
        await person.SignInAsync("person", Password);

        await person.GoAsync("/Me/PersonalData");
        await person.Page.RunAndWaitForDownloadAsync(() => person.Page.GetByText("Download as JSON").ClickAsync());

        s_site.Only("personal-data-read", record => record["Person id"] == id);
        s_site.Only("data-export", record => record["Data"] == "personal data" && record.Actor.Id == id);
    }

    private static async Task<string> OrderAsync(Visitor visitor)
    {
        await visitor.GoAsync("/Shop");
        await visitor.Page.Locator("form.card").First.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        string message = await visitor.TextAsync(".message");
        return message.Split(' ')[^1].TrimEnd('.');
    }
}
