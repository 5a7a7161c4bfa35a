using System.Text.RegularExpressions;

namespace EzAudit.Tests.Newsroom;

/// <summary>Passwords changed, forgotten and reset in a browser.</summary>
[TestClass]
public sealed partial class PasswordTests : BrowserTests<PasswordTests>
{
    private const string Expected = "Another-of-the-news-2";

    [TestMethod]
    public async Task AChangedPasswordIsOneRecordAndARefusedOneAnother()
    {
        string id = await CreateAccountAsync(Site, "changer");
        await using Visitor visitor = await Browser.VisitAsync(Site);
        await visitor.SignInAsync("changer", Password);

        foreach (string old in new[] { "Not-the-password-1", Password })
        {
            await visitor.GoAsync("/Me/Password");
            await visitor.FillAsync("Old password", old);
            await visitor.FillAsync("New password, 12 characters or more", Expected);
            await visitor.PressAsync("Change password");
        }

        Site.Only("password-change-failed", ("User id", id), ("User login", "changer"), ("Reason", "PasswordMismatch"));
        Site.Only("password-change", ("User id", id), ("User login", "changer"));
    }

    [TestMethod]
    public async Task AForgottenPasswordIsRequestedAndReset()
    {
        string id = await CreateAccountAsync(Site, "forgetter");
        await using Visitor visitor = await Browser.VisitAsync(Site);

        await ResetAsync(visitor, "forgetter");
        await visitor.SignInAsync("forgetter", Expected);

        Site.Only("password-reset-request", ("User id", id), ("User login", "forgetter"), ("Delivery", "outbox"));
        Site.Only("password-reset", ("User id", id), ("User login", "forgetter"));
        Site.Only("user-login", ("User id", id), ("User login", "forgetter"));
    }

    [TestMethod]
    public async Task APasswordRequestByAnUnknownUserIsRecorded()
    {
        await using Visitor visitor = await Browser.VisitAsync(Site);

        await visitor.GoAsync("/Me/ForgotPassword");
        await visitor.FillAsync("Login", "nobody-known");
        await visitor.PressAsync("Send me a link");

        Site.Only("password-reset-request", record => record["User login"] == "nobody-known");
    }

    [TestMethod]
    public async Task AnExpiredLinkIsReportedAsSuch()
    {
        using var site = new NewsroomSite("--ResetLinkLifetime=00:00:00.001");
        await using Visitor visitor = await Browser.VisitAsync(site);

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
        await using Visitor administrator = await Browser.AdministratorAsync(site);
        return await administrator.CreateAccountAsync(login, Password);
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Link();
}
