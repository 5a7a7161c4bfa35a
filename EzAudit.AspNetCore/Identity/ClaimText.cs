using System.Security.Claims;

namespace EzAudit.AspNetCore.Identity;

/// <summary>Formats a claim, Identity's form of a permission, for records.</summary>
internal static class ClaimText
{
    public static string Of(Claim claim) => $"{claim.Type}={claim.Value}";
}
