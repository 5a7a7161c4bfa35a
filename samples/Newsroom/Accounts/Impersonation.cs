using System.Globalization;
using System.Security.Claims;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Newsroom.Accounts;

/// <summary>Lets an administrator act as another account, to see what its owner sees.</summary>
internal sealed class Impersonation(UserManager<Account> accounts, IUserClaimsPrincipalFactory<Account> principals, TimeProvider clock)
{
    public const string ActorClaim = "impersonator";
    private const string SinceClaim = "impersonating-since";

    // Nobody entered a password: the audit trail takes this for a sign-in through a provider, which this site's audit.ini does not record.
    private static Claim SignedInThroughThis => new(ClaimTypes.AuthenticationMethod, "impersonation");

    /// <summary>Keeps the impersonation when Identity refreshes the principal.</summary>
    public static Task KeepAsync(SecurityStampRefreshingPrincipalContext context)
    {
        IEnumerable<Claim> kept = context.CurrentPrincipal!.FindAll(claim => claim.Type is ActorClaim or SinceClaim or ClaimTypes.AuthenticationMethod);
        context.NewPrincipal!.Identities.First().AddClaims(kept);
        return Task.CompletedTask;
    }

    public async Task StartAsync(HttpContext context, Account other, string reason)
    {
        ClaimsPrincipal principal = await principals.CreateAsync(other);
        principal.Identities.First().AddClaims(
        [
            new Claim(ActorClaim, $"{context.User.AccountId()}"),
            SignedInThroughThis,
            new Claim(SinceClaim, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
        ]);
        ImpersonationAudit.Start(other.Id, other.Login, reason);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, principal);
    }

    /// <summary>Ends the impersonation; false if there is none.</summary>
    public async Task<bool> EndAsync(HttpContext context)
    {
        ClaimsPrincipal acting = context.User;
        if (acting.FindFirstValue(ActorClaim) is not { } id || await accounts.FindByIdAsync(id) is not { } administrator) return false;
        var since = DateTimeOffset.Parse(acting.FindFirstValue(SinceClaim)!, CultureInfo.InvariantCulture);
        ImpersonationAudit.End(acting.AccountId(), acting.Login(), clock.GetUtcNow() - since);
        ClaimsPrincipal principal = await principals.CreateAsync(administrator);
        principal.Identities.First().AddClaim(SignedInThroughThis);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, principal);
        return true;
    }
}
