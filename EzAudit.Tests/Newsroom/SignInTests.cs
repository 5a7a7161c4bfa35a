using EzAudit.Records;

namespace EzAudit.Tests.Newsroom;

/// <summary>Signing in and out in a browser: captured by EzAudit, not written by the site.</summary>
[TestClass]
public sealed class SignInTests
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
    public async Task ASignInAndASignOutAreOneRecordEach()
    {
        string id = await CreateAccountAsync("in-and-out");
        await using Visitor visitor = await s_browser.VisitAsync(s_site);

        await visitor.SignInAsync("in-and-out", Password);
        await visitor.PressAsync("Sign out");

        s_site.Only("user-login", ("User id", id), ("User login", "in-and-out"));
        AuditRecord logout = s_site.Only("user-logout", ("User id", id), ("User login", "in-and-out"));
        Assert.AreEqual(id, logout.Actor.Id);
        AuditRecord end = s_site.Only("session-end", record => record.Actor.Id == id);
        Assert.AreEqual("logout", end["Reason"]);
        s_site.Only("session-start", record => record["Session id"] == end["Session id"]);
    }

    [TestMethod]
    public async Task AWrongPasswordAndAnUnknownLoginAreFailures()
    {
        await CreateAccountAsync("mistyped");
        await using Visitor visitor = await s_browser.VisitAsync(s_site);

        await visitor.SignInAsync("mistyped", "Not-the-password-1");
        await visitor.SignInAsync("nobody-at-all", "Not-the-password-1");

        s_site.Only("user-failed-login", record => record["User login"] == "mistyped");
        s_site.Only("user-failed-login", record => record["User login"] == "nobody-at-all");
        Assert.IsFalse(s_site.Records("user-login").Any(record => record["User login"] is "mistyped" or "nobody-at-all"));
    }

    [TestMethod]
    public async Task ThreeWrongPasswordsLockAnAccountUntilItIsUnlocked()
    {
        string id = await CreateAccountAsync("forgetful");
        await using Visitor visitor = await s_browser.VisitAsync(s_site);

        for (int i = 0; i < 3; i++) await visitor.SignInAsync("forgetful", "Not-the-password-1");
        await visitor.SignInAsync("forgetful", Password);

        StringAssert.Contains(await visitor.TextAsync(), "temporarily locked", StringComparison.Ordinal);
        AuditRecord lockout = s_site.Only("user-lockout", record => record["User id"] == id);
        Assert.AreEqual("3", lockout["Failed attempts"]);
        Assert.IsNotEmpty(s_site.Records("user-failed-login-disabled").Where(record => record["User id"] == id));
        Assert.IsFalse(s_site.Records("user-login").Any(record => record["User id"] == id));

        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);
        await administrator.GoAsync($"/Admin/AccountDetails/{id}");
        await administrator.PressAsync("Enable");

        Assert.AreEqual("admin", s_site.Only("user-unlock", ("User id", id), ("User login", "forgetful")).Actor.Login);
        Assert.IsFalse(s_site.Records("user-enable").Any(record => record["User id"] == id));
    }

    [TestMethod]
    public async Task ARememberedCookieThatComesBackIsASignIn()
    {
        using var site = new NewsroomSite();
        await using Visitor before = await s_browser.VisitAsync(site);
        await before.SignInAsync("reader", NewsroomSite.ReaderPassword, remember: true);
        var cookies = (await before.Context.CookiesAsync())
            .Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path });

        site.Restart();
        await using Visitor after = await s_browser.VisitAsync(site, cookies);
        await after.GoAsync("/Me");
        await after.GoAsync("/Projects");

        Assert.AreEqual("reader", site.Only("user-login-remember-me", record => record["User id"] == "17")["User login"]);
        site.Only("user-login", ("User id", 17), ("User login", "reader"));
    }

    [TestMethod]
    public async Task ASecondFactorIsTurnedOnFailedUsedAndTurnedOff()
    {
        string id = await CreateAccountAsync("careful");
        await using Visitor visitor = await s_browser.VisitAsync(s_site);
        await visitor.SignInAsync("careful", Password);
        await visitor.GoAsync("/Me/TwoFactor");
        await visitor.FillAsync("Code", Authenticator.CodeOf(await visitor.TextAsync("#authenticator-key")));
        await visitor.PressAsync("Turn it on");
        string code = (await visitor.TextAsync("#recovery-codes")).Split('\n')[0].Trim();
        await visitor.PressAsync("Sign out");

        await visitor.SignInAsync("careful", Password);
        StringAssert.Contains(await visitor.TextAsync(), "One more thing", StringComparison.Ordinal);
        foreach (string given in new[] { "not-a-code", code })
        {
            await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Textbox).Last.FillAsync(given);
            await visitor.PressAsync("Sign in");
        }
        await visitor.GoAsync("/Me/TwoFactor");
        await visitor.PressAsync("Turn it off");

        s_site.Only("mfa-enable", record => record["User id"] == id);
        s_site.Only("mfa-failed", record => record["User id"] == id);
        Assert.AreEqual("4", s_site.Only("recovery-code-use", record => record["User id"] == id)["Codes left"]);
        s_site.Only("mfa-disable", ("User id", id), ("User login", "careful"), ("Factor", "two-factor sign-in"));
        Assert.HasCount(2, s_site.Records("user-login").Where(record => record["User id"] == id));
    }

    [TestMethod]
    public async Task ARefusedPageIsRecordedWithThePermissionItNeeds()
    {
        string id = await CreateAccountAsync("curious");
        await using Visitor visitor = await s_browser.VisitAsync(s_site);
        await visitor.SignInAsync("curious", Password);

        await visitor.GoAsync("/Admin/Accounts");

        StringAssert.Contains(await visitor.TextAsync(), "You may not see that", StringComparison.Ordinal);
        AuditRecord denied = s_site.Only("access-denied-page", record => record.Actor.Id == id);
        Assert.AreEqual("/Admin/Accounts", denied["Path"]);
        StringAssert.Contains(denied["Required policy"], "accounts.manage", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task ActingAsAnotherBeginsAndEndsAndIsNoSignIn()
    {
        string id = await CreateAccountAsync("acted-as");
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);

        await administrator.GoAsync($"/Admin/AccountDetails/{id}");
        await administrator.FillAsync("Reason", "ticket 4711");
        await administrator.PressAsync("Act as acted-as");
        await administrator.PressAsync("Return to your account");

        AuditRecord start = s_site.Only("impersonation-start", ("User id", id), ("User login", "acted-as"), ("Reason", "ticket 4711"));
        Assert.AreEqual("admin", start.Actor.Login);
        s_site.Only("impersonation-end", record => record["User id"] == id);
        Assert.IsFalse(s_site.Records("user-login").Any(record => record["User id"] == id));
    }

    private static async Task<string> CreateAccountAsync(string login)
    {
        await using Visitor administrator = await s_browser.AdministratorAsync(s_site);
        return await administrator.CreateAccountAsync(login, Password);
    }
}
