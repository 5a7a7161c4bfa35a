using Microsoft.AspNetCore.Identity;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Holds what a database would hold about users and roles.</summary>
internal sealed class MemoryIdentity
{
    public List<IdentityUser> Users { get; } = [];

    public List<IdentityRole> Roles { get; } = [];

    public List<IdentityUserRole<string>> Memberships { get; } = [];

    public List<IdentityUserClaim<string>> UserClaims { get; } = [];

    public List<IdentityRoleClaim<string>> RoleClaims { get; } = [];

    public List<IdentityUserLogin<string>> Logins { get; } = [];

    public List<IdentityUserToken<string>> Tokens { get; } = [];

    public List<(string UserId, UserPasskeyInfo Passkey)> Passkeys { get; } = [];
}
