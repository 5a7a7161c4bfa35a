using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Roles, beside what <see cref="RoleAudit"/> has of eZ Publish.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class RoleAdministrationAudit
{
    /// <summary>A role was created.</summary>
    public static bool Create(AuditId roleId, string roleName, string comment = "Created the role") =>
        RoleAdministrationFunctions.Create.Write(roleId, roleName, comment);

    /// <summary>A role was deleted.</summary>
    public static bool Delete(AuditId roleId, string roleName, string comment = "Deleted the role") =>
        RoleAdministrationFunctions.Delete.Write(roleId, roleName, comment);

    /// <summary>A role was taken from a user or a group.</summary>
    public static bool Unassign(
        AuditId roleId, string roleName, AuditId userId, string userLogin, string comment = "Took the role from the user or group") =>
        RoleAdministrationFunctions.Unassign.Write(roleId, roleName, userId, userLogin, comment);

    /// <summary>One of the policies of a role was changed.</summary>
    public static bool ChangePolicy(AuditId policyId, AuditId roleId, string roleName, string oldPolicy, string newPolicy) =>
        RoleAdministrationFunctions.ChangePolicy.Write(policyId, roleId, roleName, oldPolicy, newPolicy);
}
