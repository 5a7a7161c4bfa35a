using System.Globalization;
using System.Security.Claims;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Newsroom.Accounts;

/// <summary>Acting as another account, so that an administrator sees what its owner sees.</summary>
internal sealed class Impersonation(UserManager<Account> accounts, IUserClaimsPrincipalFactory<Account> principals, TimeProvider clock)
{
    public const string ActorClaim = "impersonator";
    private const string SinceClaim = "impersonating-since";

    public async Task StartAsync(HttpContext context, Account other, string reason)
    {
        ClaimsPrincipal principal = await principals.CreateAsync(other);
        principal.Identities.First().AddClaims(
        [
            new Claim(ActorClaim, $"{context.User.AccountId()}"),
            new Claim(SinceClaim, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
        ]);
        ImpersonationAudit.Start(other.Id, other.Login, reason);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, principal);
    }

    /// <summary>False where nobody acts as another.</summary>
    public async Task<bool> EndAsync(HttpContext context)
    {
        ClaimsPrincipal acting = context.User;
        if (acting.FindFirstValue(ActorClaim) is not { } id || await accounts.FindByIdAsync(id) is not { } administrator) return false;
        var since = DateTimeOffset.Parse(acting.FindFirstValue(SinceClaim)!, CultureInfo.InvariantCulture);
        ImpersonationAudit.End(acting.AccountId(), acting.Login(), clock.GetUtcNow() - since);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, await principals.CreateAsync(administrator));
        return true;
    }
}
