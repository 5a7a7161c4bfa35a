using System.Globalization;
using System.Security.Claims;

namespace Newsroom.Accounts;

/// <summary>Reads the site's claims from the signed-in user.</summary>
internal static class ClaimsPrincipalExtensions
{
    /// <summary>The id of the signed-in account. Throws if nobody is signed in.</summary>
    public static long AccountId(this ClaimsPrincipal principal) =>
        long.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    public static string Login(this ClaimsPrincipal principal) => principal.Identity!.Name!;

    public static bool May(this ClaimsPrincipal principal, string permission) => principal.HasClaim(Permissions.ClaimType, permission);
}
