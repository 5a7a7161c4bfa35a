using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="RoleAdministrationAudit"/>.</summary>
internal static class RoleAdministrationFunctions
{
    private static readonly FunctionGroup Group = new("role");

    public static readonly AuditFunction Create = Group.Define(
        "role-create", "role_change.log", "CreateRole",
        "Role '{Role name}' ({Role ID}) was created.",
        ["Role ID", "Role name", "Comment"],
        "iam/admin,creation", "3004:1", AuditSeverity.Notice);

    public static readonly AuditFunction Delete = Group.Define(
        "role-delete", "role_change.log", "DeleteRole",
        "Role '{Role name}' ({Role ID}) was deleted.",
        ["Role ID", "Role name", "Comment"],
        "iam/admin,deletion", "3004:4", AuditSeverity.Warning);

    public static readonly AuditFunction Unassign = Group.Define(
        "role-unassign", "role_assign.log", "UnassignRole",
        "Role '{Role name}' ({Role ID}) was taken from '{User login}' ({User id}).",
        ["Role ID", "Role name", "User id", "User login", "Comment"],
        "iam/user,change", "3005:2", AuditSeverity.Notice);

    public static readonly AuditFunction ChangePolicy = Group.Define(
        "policy-change", "role_change.log", "ChangePolicy",
        "Policy {Policy ID} of role '{Role name}' ({Role ID}) was changed from '{Old policy}' to '{New policy}'.",
        ["Policy ID", "Role ID", "Role name", "Old policy", "New policy"],
        "iam/admin,change", "3004:3", AuditSeverity.Notice);
}
