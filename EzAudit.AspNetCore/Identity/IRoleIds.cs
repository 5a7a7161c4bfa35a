namespace EzAudit.AspNetCore.Identity;

/// <summary>Finds a role's id by its name, because the user manager only knows names.</summary>
internal interface IRoleIds
{
    Task<string?> FindAsync(string name);
}
