using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Identity's roles in memory.</summary>
internal sealed class MemoryRoles(MemoryIdentity data)
    : RoleStoreBase<IdentityRole, string, IdentityUserRole<string>, IdentityRoleClaim<string>>(new IdentityErrorDescriber())
{
    public override IQueryable<IdentityRole> Roles => data.Roles.AsQueryable();

    public override Task<IdentityResult> CreateAsync(IdentityRole role, CancellationToken cancellationToken = default)
    {
        data.Roles.Add(role);
        return Task.FromResult(IdentityResult.Success);
    }

    public override Task<IdentityResult> UpdateAsync(IdentityRole role, CancellationToken cancellationToken = default) => Task.FromResult(IdentityResult.Success);

    public override Task<IdentityResult> DeleteAsync(IdentityRole role, CancellationToken cancellationToken = default)
    {
        data.Roles.Remove(role);
        return Task.FromResult(IdentityResult.Success);
    }

    public override Task<IdentityRole?> FindByIdAsync(string id, CancellationToken cancellationToken = default) =>
        Task.FromResult(data.Roles.SingleOrDefault(role => role.Id == id));

    public override Task<IdentityRole?> FindByNameAsync(string normalizedName, CancellationToken cancellationToken = default) =>
        Task.FromResult(data.Roles.SingleOrDefault(role => role.NormalizedName == normalizedName));

    public override Task<IList<Claim>> GetClaimsAsync(IdentityRole role, CancellationToken cancellationToken = default) =>
        Task.FromResult<IList<Claim>>([.. data.RoleClaims.Where(claim => claim.RoleId == role.Id).Select(claim => claim.ToClaim())]);

    public override Task AddClaimAsync(IdentityRole role, Claim claim, CancellationToken cancellationToken = default)
    {
        data.RoleClaims.Add(CreateRoleClaim(role, claim));
        return Task.CompletedTask;
    }

    public override Task RemoveClaimAsync(IdentityRole role, Claim claim, CancellationToken cancellationToken = default)
    {
        data.RoleClaims.RemoveAll(stored => stored.RoleId == role.Id && stored.ClaimType == claim.Type && stored.ClaimValue == claim.Value);
        return Task.CompletedTask;
    }
}
