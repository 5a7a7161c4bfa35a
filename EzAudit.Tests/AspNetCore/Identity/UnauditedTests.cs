using System.Net;
using EzAudit.Tests.AspNetCore.Security;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>What happens to an operation whose record cannot be written.</summary>
[TestClass]
public sealed class UnauditedTests
{
    [TestMethod]
    [DataRow("user-login")]
    [DataRow("session-start")]
    public async Task NobodyIsSignedInUnaudited(string function)
    {
        await using IdentitySite site = await IdentitySite.Start();
        PutInTheWay(site, function);
        HttpStatusCode status = await site.Site.Do(context =>
            IdentitySite.SignInManager(context).PasswordSignInAsync("editor", IdentitySite.Password, isPersistent: false, lockoutOnFailure: false));

        Assert.IsGreaterThanOrEqualTo(500, (int)status);
        Assert.IsFalse(await IsSignedIn(site));
    }

    [TestMethod]
    public async Task IfTheSettingsSayContinueTheSignInSucceeds()
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings: "[FunctionDefaults]\nOnFailure=continue");
        PutInTheWay(site, "user-login");
        Assert.IsTrue((await site.SignIn()).Succeeded);
        Assert.IsTrue(await IsSignedIn(site));
    }

    [TestMethod]
    public async Task NoPasswordResetTokenIsIssuedUnaudited()
    {
        await using IdentitySite site = await IdentitySite.Start();
        PutInTheWay(site, "password-reset-request");
        Assert.IsNull(await site.WithUsers(users => users.GeneratePasswordResetTokenAsync(site.Editor)));
    }

    [TestMethod]
    public async Task ACompletedOperationTellsItsCallerThatTheRecordIsMissing()
    {
        await using IdentitySite site = await IdentitySite.Start();
        PutInTheWay(site, "user-delete");
        AuditWriteException? failure = null;
        await site.WithUsers(async users =>
        {
            failure = await Assert.ThrowsExactlyAsync<AuditWriteException>(() => users.DeleteAsync(site.Editor));
            return true;
        });

        Assert.AreEqual("user-delete", failure!.Function);
        Assert.IsEmpty(site.Data.Users);
    }

    [TestMethod]
    public async Task ASignOutSucceedsAllTheSame()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        PutInTheWay(site, "user-logout");
        await site.Site.Do(async context =>
        {
            await Assert.ThrowsExactlyAsync<AuditWriteException>(IdentitySite.SignInManager(context).SignOutAsync);
        });
        Assert.IsFalse(await IsSignedIn(site));
    }

    private static void PutInTheWay(IdentitySite site, string function) =>
        Directory.CreateDirectory(site.Site.Root[$"{AuditSite.LogDirectory}/{function}.log"]);

    private static async Task<bool> IsSignedIn(IdentitySite site)
    {
        bool? answer = null;
        await site.Site.Do(context =>
        {
            answer = context.User.Identity?.IsAuthenticated;
            return Task.CompletedTask;
        });
        return answer!.Value;
    }
}
