using System.Security.Claims;

namespace EzAudit.AspNetCore.Identity;

/// <summary>A claim as records have it: what a permission is to Identity.</summary>
internal static class ClaimText
{
    public static string Of(Claim claim) => $"{claim.Type}={claim.Value}";
}
