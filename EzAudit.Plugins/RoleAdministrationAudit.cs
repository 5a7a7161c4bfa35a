using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records changes to roles, in addition to eZ Publish's functions in <see cref="RoleAudit"/>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class RoleAdministrationAudit
{
    /// <summary>A role was created.</summary>
    public static bool Create(AuditId roleId, string roleName, string comment = "Created the role") =>
        RoleAdministrationFunctions.Create.Write(roleId, roleName, comment);

    /// <summary>A role was deleted.</summary>
    public static bool Delete(AuditId roleId, string roleName, string comment = "Deleted the role") =>
        RoleAdministrationFunctions.Delete.Write(roleId, roleName, comment);

    /// <summary>A role was removed from a user or group.</summary>
    public static bool Unassign(
        AuditId roleId, string roleName, AuditId userId, string userLogin, string comment = "Took the role from the user or group") =>
        RoleAdministrationFunctions.Unassign.Write(roleId, roleName, userId, userLogin, comment);

    /// <summary>A policy of a role was changed.</summary>
    public static bool ChangePolicy(AuditId policyId, AuditId roleId, string roleName, string oldPolicy, string newPolicy) =>
        RoleAdministrationFunctions.ChangePolicy.Write(policyId, roleId, roleName, oldPolicy, newPolicy);
}
