using Microsoft.AspNetCore.Identity;

namespace EzAudit.AspNetCore.Identity;

/// <summary>Finds role ids through the role manager.</summary>
internal sealed class RoleIds<TRole>(RoleManager<TRole> roles) : IRoleIds where TRole : class
{
    public async Task<string?> FindAsync(string name) =>
        await roles.FindByNameAsync(name).ConfigureAwait(false) is { } role ? await roles.GetRoleIdAsync(role).ConfigureAwait(false) : null;
}

/// <summary>Finds a role's id by its name, because the user manager only knows names.</summary>
internal interface IRoleIds
{
    Task<string?> FindAsync(string name);
}
