using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Newsroom.Data;

namespace Newsroom.Accounts;

/// <summary>Stores Identity's roles, which the site calls groups, in its database.</summary>
internal sealed class GroupStore(NewsroomDatabase database) : IRoleClaimStore<Group>
{
    public async Task<IdentityResult> CreateAsync(Group role, CancellationToken cancellationToken)
    {
        database.Add(role);
        await database.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Group role, CancellationToken cancellationToken)
    {
        role.ConcurrencyStamp = Guid.NewGuid().ToString();
        return await database.TrySaveAsync(cancellationToken);
    }

    public async Task<IdentityResult> DeleteAsync(Group role, CancellationToken cancellationToken)
    {
        database.RemoveRange(database.Memberships.Where(membership => membership.GroupId == role.Id));
        database.RemoveRange(database.GroupClaims.Where(claim => claim.GroupId == role.Id));
        database.RemoveRange(database.ProjectGroups.Where(group => group.GroupId == role.Id));
        database.Remove(role);
        return await database.TrySaveAsync(cancellationToken);
    }

    public Task<Group?> FindByIdAsync(string roleId, CancellationToken cancellationToken) => long.TryParse(roleId, out long id)
        ? database.Groups.SingleOrDefaultAsync(group => group.Id == id, cancellationToken)
        : Task.FromResult<Group?>(null);

    public Task<Group?> FindByNameAsync(string normalizedRoleName, CancellationToken cancellationToken) =>
        database.Groups.SingleOrDefaultAsync(group => group.NormalizedName == normalizedRoleName, cancellationToken);

    public Task<string> GetRoleIdAsync(Group role, CancellationToken cancellationToken) =>
        Task.FromResult(role.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetRoleNameAsync(Group role, CancellationToken cancellationToken) => Task.FromResult<string?>(role.Name);

    public Task SetRoleNameAsync(Group role, string? roleName, CancellationToken cancellationToken)
    {
        role.Name = roleName!;
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedRoleNameAsync(Group role, CancellationToken cancellationToken) => Task.FromResult<string?>(role.NormalizedName);

    public Task SetNormalizedRoleNameAsync(Group role, string? normalizedName, CancellationToken cancellationToken)
    {
        role.NormalizedName = normalizedName!;
        return Task.CompletedTask;
    }

    public async Task<IList<Claim>> GetClaimsAsync(Group role, CancellationToken cancellationToken = default) =>
        await database.GroupClaims.Where(claim => claim.GroupId == role.Id)
            .Select(claim => new Claim(claim.Type, claim.Value))
            .ToListAsync(cancellationToken);

    public Task AddClaimAsync(Group role, Claim claim, CancellationToken cancellationToken = default)
    {
        database.Add(new GroupClaim { GroupId = role.Id, Type = claim.Type, Value = claim.Value });
        return Task.CompletedTask;
    }

    public async Task RemoveClaimAsync(Group role, Claim claim, CancellationToken cancellationToken = default) =>
        database.RemoveRange(await database.GroupClaims
            .Where(row => row.GroupId == role.Id && row.Type == claim.Type && row.Value == claim.Value)
            .ToListAsync(cancellationToken));

    public void Dispose()
    {
        // The DI scope owns the database.
    }
}
