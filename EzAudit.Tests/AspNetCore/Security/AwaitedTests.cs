using System.Security.Claims;
using EzAudit.AspNetCore.Sessions;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Sign-ins, sessions, denials and Identity's events await their records without blocking a thread.</summary>
[TestClass]
public sealed class AwaitedTests
{
    [TestMethod]
    public async Task IdentitysEventsAreAwaited()
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings: AwaitedTarget.Settings);
        await site.SignIn(password: "wrong");
        await site.SignIn(login: "nobody");
        await site.SignIn();
        await site.Site.Do(_ => Task.CompletedTask);
        await site.WithRoles(roles => roles.CreateAsync(new IdentityRole("writers")));
        await site.WithUsers(async users =>
        {
            IdentityUser user = (await users.FindByIdAsync("16"))!;
            await users.AddToRoleAsync(user, "writers");
            await users.RemoveFromRoleAsync(user, "writers");
            await users.AddClaimAsync(user, new Claim("may", "write"));
            await users.ChangePasswordAsync(user, "wrong", IdentitySite.Password);
            await users.GeneratePasswordResetTokenAsync(user);
            await users.SetTwoFactorEnabledAsync(user, true);
            await users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue);
            await users.SetLockoutEndDateAsync(user, null);
            return await users.CreateAsync(new IdentityUser("another"), IdentitySite.Password);
        });
        await site.Site.Do(context => IdentitySite.SignInManager(context).SignOutAsync());
        await site.SignIn();
        site.Site.Clock.AdjustBy(TimeSpan.FromHours(1));
        await site.Site.Application.Services.GetRequiredService<SessionTable>().SweepAsync();

        AssertAwaited(
            site.Site,
            "user-failed-login", "user-login", "session-start", "session-use", "role-create", "group-create", "group-user-add", "role-assign", "group-user-remove",
            "role-unassign", "user-permissions-set", "password-change-failed", "password-reset-request", "mfa-enable", "user-disable", "user-enable", "user-create",
            "user-logout", "session-end", "session-timeout");
    }

    [TestMethod]
    public async Task CallsAndDenialsAreAwaited()
    {
        await using SecuritySite site = await ApiSite.Start(furtherSettings: AwaitedTarget.Settings, map: application =>
            application.MapGet("/forbid", (HttpContext context) => context.ForbidAsync()));
        await site.Get("/api/basic", ApiSite.Basic("robot:right-secret"));
        await site.Get("/api/basic", ApiSite.Basic("robot:wrong-secret"));
        await site.Get("/api/key", key: ApiKeyHandler.Key);
        await site.Get("/api/bearer-admin", ApiSite.Bearer());
        await site.Get("/api/bearer", ApiSite.Bearer(age: TimeSpan.FromDays(1)));
        await site.Get("/sign-in");
        await site.Get("/page");
        await site.Get("/forbid");

        AssertAwaited(
            site, "user-login-api-basic", "user-failed-login-api", "user-login-api-key", "user-login-api-oauth", "access-denied-api", "user-failed-login-oauth", "access-denied-page");
    }

    private static void AssertAwaited(SecuritySite site, params string[] functions)
    {
        Assert.IsEmpty(site.Awaited.Blocked, string.Join(", ", site.Awaited.Blocked));
        foreach (string function in functions) Assert.Contains(function, site.Awaited.Awaited);
    }
}
