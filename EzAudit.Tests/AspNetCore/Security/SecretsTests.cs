namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>No password, code, token or cookie of a user's whole lifetime is in any log file.</summary>
[TestClass]
public sealed class SecretsTests
{
    private const string NewPassword = "Haddock-9?";

    [TestMethod]
    public async Task NoSecretOfAUserIsInAnyLogFile()
    {
        await using IdentitySite site = await IdentitySite.Start();
        List<string> secrets = [IdentitySite.Password, NewPassword, "Wrong-secret-1", "Wrong-secret-2"];
        await site.SignIn(password: "Wrong-secret-1", isPersistent: true);
        await site.SignIn(isPersistent: true);
        await site.WithUsers(users => users.ChangePasswordAsync(site.Editor, "Wrong-secret-2", NewPassword));
        await site.WithUsers(users => users.ChangePasswordAsync(site.Editor, IdentitySite.Password, NewPassword));

        string token = await site.WithUsers(users => users.GeneratePasswordResetTokenAsync(site.Editor));
        await site.WithUsers(users => users.ResetPasswordAsync(site.Editor, token + "x", NewPassword));
        await site.WithUsers(users => users.ResetPasswordAsync(site.Editor, token, NewPassword));
        secrets.AddRange([token, site.Editor.PasswordHash!, site.Editor.SecurityStamp!]);

        await site.WithUsers(users => users.ResetAuthenticatorKeyAsync(site.Editor));
        secrets.Add((await site.WithUsers(users => users.GetAuthenticatorKeyAsync(site.Editor)))!);
        secrets.AddRange((await site.WithUsers(users => users.GenerateNewTwoFactorRecoveryCodesAsync(site.Editor, 2)))!);
        await site.WithUsers(users => users.SetTwoFactorEnabledAsync(site.Editor, true));
        await site.SignIn(password: NewPassword);
        await site.WithSignIn(manager => manager.TwoFactorRecoveryCodeSignInAsync(secrets[^1]));
        secrets.AddRange(site.Site.BrowserCookies());

        string written = site.Site.AllText();
        Assert.Contains("recovery-code-use", string.Join(' ', site.Site.Written()));
        Assert.IsGreaterThan(8, secrets.Count);
        foreach (string secret in secrets) Assert.DoesNotContain(secret, written);
    }
}
