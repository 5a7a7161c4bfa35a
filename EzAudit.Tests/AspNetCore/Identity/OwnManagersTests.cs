using EzAudit.AspNetCore.Identity;
using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>Applications that have their own Identity managers.</summary>
[TestClass]
public sealed class OwnManagersTests
{
    [TestMethod]
    public async Task AManagerDerivedFromTheAuditedOneRecordsLikeIt()
    {
        await using IdentitySite site = await IdentitySite.Start(identity => identity.AddSignInManager<Derived>());
        await site.SignIn("nobody");

        Assert.IsInstanceOfType<Derived>(await site.WithSignIn(Task.FromResult));
        site.AssertOnly("user-failed-login", ("User login", "nobody"), ("Comment", "Unknown user"));
        Assert.IsEmpty(site.Site.Log.Messages);
    }

    [TestMethod]
    public async Task AMissingAuditedManagerIsReportedAtTheStart()
    {
        await using IdentitySite site = await IdentitySite.Start(identity => identity.AddSignInManager<Own>());
        await site.SignIn("nobody");
        Assert.IsTrue((await site.SignIn()).Succeeded);

        Assert.IsInstanceOfType<Own>(await site.WithSignIn(Task.FromResult));
        Assert.AreEqual(
            $"EzAudit: {typeof(SignInManager<IdentityUser>)} is {typeof(Own)} instead of {typeof(AuditedSignInManager<IdentityUser>)}, so "
            + "failed sign-ins and their reasons are not recorded. To record them, derive it from the audited one.",
            site.Site.Log.Messages.Single());
        site.AssertOnly("user-login", site.EditorFields);
        Assert.IsEmpty(site.Site.Records("user-failed-login"));
    }

    [TestMethod]
    public async Task TheStockManagersAreReplacedWhereTheApplicationAsksForThem()
    {
        await using IdentitySite site = await IdentitySite.Start();
        Assert.IsInstanceOfType<AuditedUserManager<IdentityUser>>(await site.WithUsers(Task.FromResult));
        Assert.IsInstanceOfType<AuditedRoleManager<IdentityRole>>(await site.WithRoles(Task.FromResult));
        Assert.IsInstanceOfType<AuditedSignInManager<IdentityUser>>(await site.WithSignIn(Task.FromResult));
    }

    private sealed class Derived(
        UserManager<IdentityUser> users,
        IHttpContextAccessor accessor,
        IUserClaimsPrincipalFactory<IdentityUser> claims,
        IOptions<IdentityOptions> options,
        ILogger<SignInManager<IdentityUser>> logger,
        IAuthenticationSchemeProvider schemes,
        IUserConfirmation<IdentityUser> confirmation,
        IServiceProvider services)
        : AuditedSignInManager<IdentityUser>(users, accessor, claims, options, logger, schemes, confirmation, services);

    private sealed class Own(
        UserManager<IdentityUser> users,
        IHttpContextAccessor accessor,
        IUserClaimsPrincipalFactory<IdentityUser> claims,
        IOptions<IdentityOptions> options,
        ILogger<SignInManager<IdentityUser>> logger,
        IAuthenticationSchemeProvider schemes,
        IUserConfirmation<IdentityUser> confirmation)
        : SignInManager<IdentityUser>(users, accessor, claims, options, logger, schemes, confirmation);
}
