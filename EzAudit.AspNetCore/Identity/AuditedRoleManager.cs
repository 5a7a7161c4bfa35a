using System.Runtime.CompilerServices;
using System.Security.Claims;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Identity;

/// <summary>
/// Identity's role manager, which records what was done. Enterprise Tester calls a role a group, eZ Publish a role: each has its own function,
/// and the settings choose which are written. An application with its own manager derives it from this one.
/// </summary>
/// <remarks>Records are written after the change is stored, as in <see cref="AuditedUserManager{TUser}"/>.</remarks>
public class AuditedRoleManager<TRole> : RoleManager<TRole> where TRole : class
{
    private readonly SecurityTrail _trail;
    private readonly ConditionalWeakTable<TRole, string> _namesBefore = [];

    /// <inheritdoc cref="RoleManager{TRole}"/>
    public AuditedRoleManager(
        IRoleStore<TRole> store,
        IEnumerable<IRoleValidator<TRole>> roleValidators,
        ILookupNormalizer keyNormalizer,
        IdentityErrorDescriber errors,
        ILogger<RoleManager<TRole>> logger,
        IServiceProvider services)
        : base(store, roleValidators, keyNormalizer, errors, logger)
    {
        _trail = services.GetRequiredService<SecurityTrail>();
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> CreateAsync(TRole role)
    {
        IdentityResult result = await base.CreateAsync(role).ConfigureAwait(false);
        if (!result.Succeeded) return result;
        (string id, string name) = await Of(role).ConfigureAwait(false);
        await _trail.WriteAsync("group-create", id, name).ConfigureAwait(false);
        await _trail.WriteAsync("role-create", id, name, "Created the role").ConfigureAwait(false);
        return result;
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> DeleteAsync(TRole role)
    {
        IdentityResult result = await base.DeleteAsync(role).ConfigureAwait(false);
        if (!result.Succeeded) return result;
        (string id, string name) = await Of(role).ConfigureAwait(false);
        await _trail.WriteAsync("group-delete", id, name).ConfigureAwait(false);
        await _trail.WriteAsync("role-delete", id, name, "Deleted the role").ConfigureAwait(false);
        return result;
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> SetRoleNameAsync(TRole role, string? name)
    {
        await KeepName(role).ConfigureAwait(false);
        return await base.SetRoleNameAsync(role, name).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<TRole?> FindByIdAsync(string roleId) => await KeepName(await base.FindByIdAsync(roleId).ConfigureAwait(false)).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async Task<TRole?> FindByNameAsync(string roleName) => await KeepName(await base.FindByNameAsync(roleName).ConfigureAwait(false)).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async Task<IdentityResult> UpdateAsync(TRole role)
    {
        // The normalized name is updated only now, so it still shows a rename, whichever code loaded the role.
        string? before = await Store.GetNormalizedRoleNameAsync(role, CancellationToken).ConfigureAwait(false);
        IdentityResult result = await base.UpdateAsync(role).ConfigureAwait(false);
        if (!result.Succeeded) return result;
        (string id, string name) = await Of(role).ConfigureAwait(false);
        string oldName = _namesBefore.TryGetValue(role, out string? kept) ? kept : before ?? "";
        bool isRenamed = oldName != name && NormalizeKey(name) != before || kept is not null && kept != name;
        if (isRenamed) await _trail.WriteAsync("group-rename", id, oldName, name).ConfigureAwait(false);
        await _trail.WriteAsync("role-change", id, name, isRenamed ? $"Renamed the role, which was '{oldName}'" : "Changed the role").ConfigureAwait(false);
        _namesBefore.AddOrUpdate(role, name);
        return result;
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> AddClaimAsync(TRole role, Claim claim)
    {
        IdentityResult result = await base.AddClaimAsync(role, claim).ConfigureAwait(false);
        if (result.Succeeded) await RecordPermissions(role, [ClaimText.Of(claim)], []).ConfigureAwait(false);
        return result;
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> RemoveClaimAsync(TRole role, Claim claim)
    {
        IdentityResult result = await base.RemoveClaimAsync(role, claim).ConfigureAwait(false);
        if (result.Succeeded) await RecordPermissions(role, [], [ClaimText.Of(claim)]).ConfigureAwait(false);
        return result;
    }

    private async Task RecordPermissions(TRole role, string[] granted, string[] revoked)
    {
        (string id, string name) = await Of(role).ConfigureAwait(false);
        await _trail.WriteAsync("group-permissions-set", id, name, granted, revoked).ConfigureAwait(false);
        await _trail.WriteAsync("role-change", id, name, granted.Length > 0 ? $"Granted {granted[0]}" : $"Revoked {revoked[0]}").ConfigureAwait(false);
    }

    private async Task<TRole?> KeepName(TRole? role)
    {
        if (role is not null && !_namesBefore.TryGetValue(role, out _)) _namesBefore.Add(role, await GetRoleNameAsync(role).ConfigureAwait(false) ?? "");
        return role;
    }

    private async Task<(string Id, string Name)> Of(TRole role) =>
        (await GetRoleIdAsync(role).ConfigureAwait(false), await GetRoleNameAsync(role).ConfigureAwait(false) ?? "");
}
