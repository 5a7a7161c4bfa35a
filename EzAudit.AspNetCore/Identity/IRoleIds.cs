namespace EzAudit.AspNetCore.Identity;

/// <summary>Finds the id of a role by its name, for the manager of users, who knows names only.</summary>
internal interface IRoleIds
{
    Task<string?> FindAsync(string name);
}
