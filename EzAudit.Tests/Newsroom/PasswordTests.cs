using System.Text.RegularExpressions;

namespace EzAudit.Tests.Newsroom;

/// <summary>Passwords changed, forgotten and reset in a browser.</summary>
[TestClass]
public sealed partial class PasswordTests
{
    private const string Password = "Somebody-of-the-news-1";
    private const string Expected = "Another-of-the-news-2";
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
    public async Task AChangedPasswordIsOneRecordAndARefusedOneAnother()
    {
        string id = await CreateAccountAsync(s_site, "changer");
        await using Visitor visitor = await s_browser.VisitAsync(s_site);
        await visitor.SignInAsync("changer", Password);

        foreach (string old in new[] { "Not-the-password-1", Password })
        {
            await visitor.GoAsync("/Me/Password");
            await visitor.FillAsync("Old password", old);
            await visitor.FillAsync("New password, 12 characters or more", Expected);
            await visitor.PressAsync("Change password");
        }

        s_site.Only("password-change-failed", ("User id", id), ("User login", "changer"), ("Reason", "PasswordMismatch"));
        s_site.Only("password-change", ("User id", id), ("User login", "changer"));
    }

    [TestMethod]
    public async Task AForgottenPasswordIsRequestedAndReset()
    {
        string id = await CreateAccountAsync(s_site, "forgetter");
        await using Visitor visitor = await s_browser.VisitAsync(s_site);

        await ResetAsync(visitor, "forgetter");
        await visitor.SignInAsync("forgetter", Expected);

        s_site.Only("password-reset-request", ("User id", id), ("User login", "forgetter"), ("Delivery", "outbox"));
        s_site.Only("password-reset", ("User id", id), ("User login", "forgetter"));
        s_site.Only("user-login", ("User id", id), ("User login", "forgetter"));
    }

    [TestMethod]
    public async Task APasswordRequestByAnUnknownUserIsRecorded()
    {
        await using Visitor visitor = await s_browser.VisitAsync(s_site);

        await visitor.GoAsync("/Me/ForgotPassword");
        await visitor.FillAsync("Login", "nobody-known");
        await visitor.PressAsync("Send me a link");

        s_site.Only("password-reset-request", record => record["User login"] == "nobody-known");
    }

    [TestMethod]
    public async Task AnExpiredLinkIsReportedAsSuch()
    {
        using var site = new NewsroomSite("--ResetLinkLifetime=00:00:00.001");
        await using Visitor visitor = await s_browser.VisitAsync(site);

        await ResetAsync(visitor, "reader");

        StringAssert.Contains(await visitor.TextAsync(), "This link is no longer valid.", StringComparison.Ordinal);
        site.Only("password-reset-expired", record => record["User id"] == "17");
        Assert.IsEmpty(site.Records("password-reset"));
    }

    private static async Task ResetAsync(Visitor visitor, string login)
    {
        await visitor.GoAsync("/Me/ForgotPassword");
        await visitor.FillAsync("Login", login);
        await visitor.PressAsync("Send me a link");
        await visitor.GoAsync("/Mail");
        string mail = await visitor.Page.Locator("pre", new() { HasText = $"{login}@" }).First.InnerTextAsync();
        await visitor.GoAsync(Link().Match(mail).Value);
        await visitor.FillAsync("New password", Expected);
        await visitor.PressAsync("Set password");
    }

    private static async Task<string> CreateAccountAsync(NewsroomSite site, string login)
    {
        await using Visitor administrator = await s_browser.AdministratorAsync(site);
        return await administrator.CreateAccountAsync(login, Password);
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Link();
}
