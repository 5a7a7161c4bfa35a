using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>Sign-ins through Identity: successes, and failures with their reason.</summary>
[TestClass]
public sealed class SignInTests
{
    [TestMethod]
    public async Task ASignInByPasswordIsOneRecord()
    {
        await using IdentitySite site = await IdentitySite.Start();
        Assert.IsTrue((await site.SignIn()).Succeeded);

        site.AssertOnly("user-login", site.EditorFields);
        site.Site.AssertWritten("user-login", "session-start");
    }

    [TestMethod]
    public async Task RefreshingTheClaimsOfACookieIsNoSignIn()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        await site.WithSignIn(async manager =>
        {
            await manager.RefreshSignInAsync(site.Editor);
            return true;
        });

        Assert.HasCount(1, site.Site.Records("user-login"));
        Assert.HasCount(1, site.Site.Records("session-start"));
        Assert.IsEmpty(site.Site.Records("session-end"));
    }

    [TestMethod]
    public async Task ASignInThroughAProviderNamesTheProvider()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.AddLoginAsync(site.Editor, new UserLoginInfo("Crowd", "key-16", "Crowd")));
        SignInResult result = await site.WithSignIn(manager => manager.ExternalLoginSignInAsync("Crowd", "key-16", isPersistent: false));

        Assert.IsTrue(result.Succeeded);
        site.AssertOnly("user-login-sso", [.. site.EditorFields, ("Provider", "Crowd")]);
        site.Site.AssertWritten("user-login-sso", "session-start");
    }

    [TestMethod]
    public async Task AFirstVisitThroughAProviderIsNoFailure()
    {
        await using IdentitySite site = await IdentitySite.Start();
        SignInResult result = await site.WithSignIn(manager => manager.ExternalLoginSignInAsync("Crowd", "unknown", isPersistent: false));

        Assert.IsFalse(result.Succeeded);
        site.Site.AssertWritten();
    }

    [TestMethod]
    public async Task AWrongPasswordIsAFailedSignIn()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn(password: "wrong");

        site.AssertOnly("user-failed-login", ("User login", "editor"), ("Comment", "Wrong password, failed attempt 1"));
        site.Site.AssertWritten("user-failed-login");
    }

    [TestMethod]
    public async Task AnUnknownNameIsAFailedSignIn()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn("nobody");

        site.AssertOnly("user-failed-login", ("User login", "nobody"), ("Comment", "Unknown user"));
        site.Site.AssertWritten("user-failed-login");
    }

    [TestMethod]
    public async Task ACheckedPasswordFailsTheSameWay()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithSignIn(manager => manager.CheckPasswordSignInAsync(site.Editor, "wrong", lockoutOnFailure: false));

        site.AssertOnly("user-failed-login", ("User login", "editor"), ("Comment", "Wrong password"));
    }

    [TestMethod]
    public async Task ADisabledAccountIsRefusedAsSuch()
    {
        await using IdentitySite site = await IdentitySite.Start();
        site.Editor.LockoutEnd = DateTimeOffset.MaxValue;
        await site.SignIn();

        site.AssertOnly("user-failed-login-disabled", [.. site.EditorFields, ("Reason", "disabled"), ("Until", "9999-12-31T23:59:59.9999999+00:00")]);
        site.Site.AssertWritten("user-failed-login-disabled");
    }

    [TestMethod]
    public async Task AnAccountThatIsNotConfirmedIsNotAllowed()
    {
        await using IdentitySite site = await IdentitySite.Start(configure: builder =>
            builder.Services.Configure<IdentityOptions>(options => options.SignIn.RequireConfirmedEmail = true));
        await site.SignIn();

        site.AssertOnly("user-failed-login-disabled", [.. site.EditorFields, ("Reason", "not-allowed")]);
        site.Site.AssertWritten("user-failed-login-disabled");
    }

    [TestMethod]
    public async Task AnExceptionIsAFailedSignInAndSpeaksNoPassword()
    {
        await using IdentitySite site = await IdentitySite.Start(configure: builder =>
            builder.Services.AddScoped<IPasswordHasher<IdentityUser>, BrokenHasher>());
        await site.SignIn(password: "Hunter-2-secret");

        IReadOnlyList<string> fields = [.. site.Site.Records("user-failed-login-error").Single().Fields.Select(field => field.ToString())];
        CollectionAssert.AreEqual(
            new[] { "User login: editor", "Exception type: InvalidOperationException", "Message: Cannot hash [redacted]" }, fields.Take(3).ToArray());
        Assert.StartsWith("Trace id: ", fields[3]);
        site.Site.AssertWritten("user-failed-login-error");
    }

    [TestMethod]
    public async Task ASignOutIsOneRecordOfWhoDidIt()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        await site.WithSignIn(async manager =>
        {
            await manager.SignOutAsync();
            await manager.SignOutAsync();
            return true;
        });

        site.AssertOnly("user-logout", site.EditorFields);
        site.Site.AssertWritten("user-login", "session-start", "session-use", "user-logout", "session-end");
    }

    [TestMethod]
    public async Task AnAnonymousUserDoesNotSignOut()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithSignIn(async manager =>
        {
            await manager.SignOutAsync();
            return true;
        });
        site.Site.AssertWritten();
    }

    [TestMethod]
    public async Task ASignInWithoutAWrittenFunctionLeavesNothing()
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings: "AuditFileNames[]\nAuditFileNames[user-logout]=user-logout.log");
        await site.SignIn("nobody");
        Assert.IsTrue((await site.SignIn()).Succeeded);
        site.Site.AssertWritten();
    }

    private sealed class BrokenHasher : IPasswordHasher<IdentityUser>
    {
        public string HashPassword(IdentityUser user, string password) => throw new InvalidOperationException($"Cannot hash {password}");

        public PasswordVerificationResult VerifyHashedPassword(IdentityUser user, string hashedPassword, string providedPassword) =>
            throw new InvalidOperationException($"Cannot hash {providedPassword}");
    }
}
