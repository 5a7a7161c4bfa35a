using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Identity;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>Accounts: created, deleted, disabled, locked.</summary>
[TestClass]
public sealed class AccountTests
{
    [TestMethod]
    public async Task AnAccountThatIsMadeIsOneRecord()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.CreateAsync(new IdentityUser("writer") { Id = "17", Email = "writer@example.org" }, IdentitySite.Password));

        site.AssertOnly("user-create", ("User id", "17"), ("User login", "writer"), ("Email", "writer@example.org"));
        site.Site.AssertWritten("user-create");
    }

    [TestMethod]
    public async Task AnAccountThatIsRefusedIsNoRecord()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityResult result = await site.WithUsers(users => users.CreateAsync(new IdentityUser("writer"), "short"));

        Assert.IsFalse(result.Succeeded);
        site.Site.AssertWritten();
    }

    [TestMethod]
    public async Task ADeletedAccountIsOneRecord()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.DeleteAsync(site.Editor));

        site.AssertOnly("user-delete", site.EditorFields);
        site.Site.AssertWritten("user-delete");
    }

    [TestMethod]
    public async Task AnAccountLockedByHandIsDisabledAndThenEnabled()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.SetLockoutEndDateAsync(site.Editor, DateTimeOffset.MaxValue));
        await site.WithUsers(users => users.SetLockoutEndDateAsync(site.Editor, null));
        await site.WithUsers(users => users.SetLockoutEndDateAsync(site.Editor, null));

        site.AssertOnly("user-disable", [.. site.EditorFields, ("Until", "9999-12-31T23:59:59.9999999+00:00"), ("Reason", "lockout set")]);
        site.AssertOnly("user-enable", site.EditorFields);
        site.Site.AssertWritten("user-disable", "user-enable");
    }

    [TestMethod]
    public async Task TheAttemptThatLocksAnAccountIsALockoutAndALaterResetAnUnlock()
    {
        await using IdentitySite site = await IdentitySite.Start();
        for (int attempt = 0; attempt < 4; attempt++) await site.SignIn(password: "wrong");
        string until = site.Editor.LockoutEnd!.Value.ToString("O");
        await site.WithUsers(users => users.SetLockoutEndDateAsync(site.Editor, null));

        site.AssertOnly("user-lockout", [.. site.EditorFields, ("Until", until), ("Failed attempts", "3")]);
        Assert.HasCount(2, site.Site.Records("user-failed-login"));
        Assert.HasCount(2, site.Site.Records("user-failed-login-disabled"), "The attempt that locks it, and the one after it.");
        site.AssertOnly("user-unlock", site.EditorFields);
        site.Site.AssertWritten("user-failed-login", "user-lockout", "user-failed-login-disabled", "user-unlock");
    }
}
