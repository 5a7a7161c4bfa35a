using EzAudit.Records;
using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>Second factors, recovery codes and passkeys.</summary>
[TestClass]
public sealed class FactorTests
{
    private static readonly UserPasskeyInfo Passkey =
        new([1, 2, 3, 250], [4], DateTimeOffset.UnixEpoch, 1, null, true, false, false, [5], [6]) { Name = "Phone" };

    [TestMethod]
    public async Task ASecondFactorTurnedOnAndOffIsARecordEach()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.SetTwoFactorEnabledAsync(site.Editor, true));
        await site.WithUsers(users => users.SetTwoFactorEnabledAsync(site.Editor, true));
        await site.WithUsers(users => users.SetTwoFactorEnabledAsync(site.Editor, false));

        site.AssertOnly("mfa-enable", [.. site.EditorFields, ("Factor", "two-factor sign-in")]);
        site.AssertOnly("mfa-disable", [.. site.EditorFields, ("Factor", "two-factor sign-in")]);
        site.Site.AssertWritten("mfa-enable", "mfa-disable");
    }

    [TestMethod]
    public async Task AWrongCodeIsAFailedFactorAndARightOneASignIn()
    {
        await using IdentitySite site = await IdentitySite.Start();
        site.Editor.TwoFactorEnabled = true;
        site.Editor.EmailConfirmed = true;
        Assert.IsTrue((await site.SignIn()).RequiresTwoFactor);
        site.Site.AssertWritten();

        string code = await site.WithUsers(users => users.GenerateTwoFactorTokenAsync(site.Editor, "Email"));
        await site.WithSignIn(manager => manager.TwoFactorSignInAsync("Email", "wrong", isPersistent: false, rememberClient: false));
        site.AssertOnly("mfa-failed", [.. site.EditorFields, ("Factor", "Email"), ("Reason", "wrong-code")]);
        site.Site.AssertWritten("mfa-failed");

        await site.WithSignIn(manager => manager.TwoFactorSignInAsync("Email", code, isPersistent: false, rememberClient: true));
        site.AssertOnly("user-login", site.EditorFields);
        site.Site.AssertWritten("mfa-failed", "user-login", "session-start");
        Assert.DoesNotContain(code, site.Site.AllText());
    }

    [TestMethod]
    public async Task AWrongCodeOfAnAuthenticatorIsAFailedFactor()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.ResetAuthenticatorKeyAsync(site.Editor));
        site.Editor.TwoFactorEnabled = true;
        await site.SignIn();
        await site.WithSignIn(manager => manager.TwoFactorAuthenticatorSignInAsync("000", isPersistent: false, rememberClient: false));

        site.AssertOnly("mfa-failed", [.. site.EditorFields, ("Factor", "authenticator"), ("Reason", "wrong-code")]);
        site.Site.AssertWritten("mfa-failed");
    }

    [TestMethod]
    public async Task ACodeWithoutAFirstStepIsAFailedFactorOfNobody()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithSignIn(manager => manager.TwoFactorAuthenticatorSignInAsync("000", isPersistent: false, rememberClient: false));

        site.AssertOnly("mfa-failed", ("User id", ""), ("User login", ""), ("Factor", "authenticator"), ("Reason", "no-first-step"));
    }

    [TestMethod]
    public async Task AUsedRecoveryCodeSaysHowManyAreLeft()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.ResetAuthenticatorKeyAsync(site.Editor));
        site.Editor.TwoFactorEnabled = true;
        IEnumerable<string> codes = (await site.WithUsers(users => users.GenerateNewTwoFactorRecoveryCodesAsync(site.Editor, 3)))!;
        await site.SignIn();
        await site.WithSignIn(manager => manager.TwoFactorRecoveryCodeSignInAsync("wrong"));
        await site.WithSignIn(manager => manager.TwoFactorRecoveryCodeSignInAsync(codes.First()));

        site.AssertOnly("mfa-failed", [.. site.EditorFields, ("Factor", "recovery code"), ("Reason", "wrong-code")]);
        site.AssertOnly("recovery-code-use", [.. site.EditorFields, ("Codes left", "2")]);
        site.AssertOnly("user-login", site.EditorFields);
        foreach (string code in codes) Assert.DoesNotContain(code, site.Site.AllText());
    }

    [TestMethod]
    public async Task APasskeyAddedAndRemovedIsARecordEach()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.AddOrUpdatePasskeyAsync(site.Editor, Passkey));
        await site.WithUsers(users => users.AddOrUpdatePasskeyAsync(site.Editor, Passkey));
        await site.WithUsers(users => users.RemovePasskeyAsync(site.Editor, Passkey.CredentialId));

        site.AssertOnly("passkey-add", [.. site.EditorFields, ("Passkey id", "AQID-g"), ("Passkey name", "Phone")]);
        site.AssertOnly("passkey-remove", [.. site.EditorFields, ("Passkey id", "AQID-g"), ("Passkey name", "Phone")]);
        site.Site.AssertWritten("passkey-add", "passkey-remove");
    }

    [TestMethod]
    public async Task APasskeySignsInAndARefusedOneFails()
    {
        var authenticator = new FakePasskeys();
        await using IdentitySite site = await IdentitySite.Start(configure: builder =>
            builder.Services.AddSingleton<IPasskeyHandler<IdentityUser>>(authenticator));
        await site.WithUsers(users => users.AddOrUpdatePasskeyAsync(site.Editor, Passkey));
        await PasskeySignIn(site, "refused");
        AuditRecord failed = site.AssertOnly("user-failed-login", ("User login", ""), ("Comment", "The passkey was refused"));
        Assert.AreEqual("anonymous", failed.Actor.Login);

        authenticator.Accepted = (Passkey, site.Editor);
        SignInResult result = await PasskeySignIn(site, "accepted");

        Assert.IsTrue(result.Succeeded);
        site.AssertOnly("user-login", site.EditorFields);
        site.Site.AssertWritten("passkey-add", "user-failed-login", "user-login", "session-start");
    }

    // Two requests, because the challenge is kept in a cookie.
    private static async Task<SignInResult> PasskeySignIn(IdentitySite site, string credential)
    {
        await site.WithSignIn(manager => manager.MakePasskeyRequestOptionsAsync(null));
        return await site.WithSignIn(manager => manager.PasskeySignInAsync(credential));
    }
}
