using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Adds the functions for users, groups, projects, permissions and roles.</summary>
public sealed class AccountPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(AccountFunctions.Create)
            .AddFunction(AccountFunctions.Delete)
            .AddFunction(AccountFunctions.Enable)
            .AddFunction(AccountFunctions.Disable)
            .AddFunction(AccountFunctions.Lockout)
            .AddFunction(AccountFunctions.Unlock)
            .AddFunction(AccountFunctions.SetGroups)
            .AddFunction(GroupFunctions.Create)
            .AddFunction(GroupFunctions.Delete)
            .AddFunction(GroupFunctions.Rename)
            .AddFunction(GroupFunctions.AddUser)
            .AddFunction(GroupFunctions.RemoveUser)
            .AddFunction(GroupFunctions.SetUsers)
            .AddFunction(ProjectFunctions.AddUser)
            .AddFunction(ProjectFunctions.RemoveUser)
            .AddFunction(ProjectFunctions.SetGroups)
            .AddFunction(PermissionFunctions.SetForUser)
            .AddFunction(PermissionFunctions.SetForGroup)
            .AddFunction(PermissionFunctions.SetForUserInProject)
            .AddFunction(PermissionFunctions.SetForGroupInProject)
            .AddFunction(RoleAdministrationFunctions.Create)
            .AddFunction(RoleAdministrationFunctions.Delete)
            .AddFunction(RoleAdministrationFunctions.Unassign)
            .AddFunction(RoleAdministrationFunctions.ChangePolicy);
    }
}
