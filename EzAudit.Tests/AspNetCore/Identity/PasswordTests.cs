using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>Passwords: changed, forgotten, reset, reset too late.</summary>
[TestClass]
public sealed class PasswordTests
{
    private const string NewPassword = "Haddock-9?";

    [TestMethod]
    public async Task AChangedPasswordIsOneRecord()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.ChangePasswordAsync(site.Editor, IdentitySite.Password, NewPassword));

        site.AssertOnly("password-change", site.EditorFields);
        site.Site.AssertWritten("password-change");
    }

    [TestMethod]
    public async Task APasswordThatCannotBeChangedIsAFailureWithItsReasons()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.ChangePasswordAsync(site.Editor, "wrong", NewPassword));

        site.AssertOnly("password-change-failed", [.. site.EditorFields, ("Reason", "PasswordMismatch")]);
        site.Site.AssertWritten("password-change-failed");
    }

    [TestMethod]
    public async Task APasswordChangedBySomebodyElseSaysSo()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityUser writer = await site.AddUser("17", "writer");
        await site.SignIn();
        await site.WithUsers(users => users.RemovePasswordAsync(writer));

        site.AssertOnly("user-password-change", ("User id", "17"), ("User login", "writer"));
    }

    [TestMethod]
    public async Task AForgottenPasswordIsRequestedAndSetAnew()
    {
        await using IdentitySite site = await IdentitySite.Start();
        string token = await site.WithUsers(users => users.GeneratePasswordResetTokenAsync(site.Editor));
        await site.WithUsers(users => users.ResetPasswordAsync(site.Editor, token, NewPassword));

        site.AssertOnly("password-reset-request", [.. site.EditorFields, ("Delivery", "e-mail")]);
        site.AssertOnly("password-reset", site.EditorFields);
        site.Site.AssertWritten("password-reset-request", "password-reset");
        Assert.DoesNotContain(token, site.Site.AllText());
    }

    [TestMethod]
    public async Task AResetLinkThatIsTooOldIsToldFromAForgedOne()
    {
        await using IdentitySite site = await IdentitySite.Start(configure: builder =>
            builder.Services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromTicks(-1)));
        string token = await site.WithUsers(users => users.GeneratePasswordResetTokenAsync(site.Editor));
        IdentityResult result = await site.WithUsers(users => users.ResetPasswordAsync(site.Editor, token, NewPassword));

        Assert.AreEqual("InvalidToken", result.Errors.Single().Code);
        string[] fields = [.. site.Site.Records("password-reset-expired").Single().Fields.Select(field => field.Name)];
        CollectionAssert.AreEqual(new[] { "User id", "User login", "Issued", "Lifetime" }, fields);
        site.Site.AssertWritten("password-reset-request", "password-reset-expired");
    }

    [TestMethod]
    public async Task AForgedResetLinkIsAFailedChange()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityUser writer = await site.AddUser("17", "writer");
        string ofSomebodyElse = await site.WithUsers(users => users.GeneratePasswordResetTokenAsync(writer));
        foreach (string token in new[] { "forged", "Zm9yZ2Vk", ofSomebodyElse })
            await site.WithUsers(users => users.ResetPasswordAsync(site.Editor, token, NewPassword));

        Assert.HasCount(3, site.Site.Records("password-change-failed"));
        site.Site.AssertWritten("password-reset-request", "password-change-failed");
    }
}
