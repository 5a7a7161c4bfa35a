using System.Globalization;
using System.Security.Claims;

namespace Newsroom.Accounts;

/// <summary>What the site asks of whoever is signed in.</summary>
internal static class ClaimsPrincipalExtensions
{
    /// <summary>The id of the account that is signed in. Where nobody is, asking is a mistake.</summary>
    public static long AccountId(this ClaimsPrincipal principal) =>
        long.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    public static string Login(this ClaimsPrincipal principal) => principal.Identity!.Name!;

    public static bool May(this ClaimsPrincipal principal, string permission) => principal.HasClaim(Permissions.ClaimType, permission);
}
