using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="PermissionAudit"/>.</summary>
internal static class PermissionFunctions
{
    private static readonly FunctionGroup Group = new("permission");

    public static readonly AuditFunction SetForUser = Group.Define(
        "user-permissions-set", "permission.log", "SetPermissionsOfUser",
        "Permissions of user '{User login}' ({User id}) were set, granted: {Granted}, revoked: {Revoked}.",
        ["User id", "User login", "Granted", "Revoked"],
        "iam/user,change", "3005:1", AuditSeverity.Notice);

    public static readonly AuditFunction SetForGroup = Group.Define(
        "group-permissions-set", "permission.log", "SetPermissionsOfGroup",
        "Permissions of group '{Group name}' ({Group ID}) were set, granted: {Granted}, revoked: {Revoked}.",
        ["Group ID", "Group name", "Granted", "Revoked"],
        "iam/group,change", "3006:1", AuditSeverity.Notice);

    public static readonly AuditFunction SetForUserInProject = Group.Define(
        "project-user-permissions-set", "permission.log", "SetProjectPermissionsOfUser",
        "Permissions of user '{User login}' ({User id}) in project '{Project name}' ({Project ID}) were set, granted: {Granted}, revoked: {Revoked}.",
        ["Project ID", "Project name", "User id", "User login", "Granted", "Revoked"],
        "iam/user,change", "3005:1", AuditSeverity.Notice);

    public static readonly AuditFunction SetForGroupInProject = Group.Define(
        "project-group-permissions-set", "permission.log", "SetProjectPermissionsOfGroup",
        "Permissions of group '{Group name}' ({Group ID}) in project '{Project name}' ({Project ID}) were set, granted: {Granted}, revoked: {Revoked}.",
        ["Project ID", "Project name", "Group ID", "Group name", "Granted", "Revoked"],
        "iam/group,change", "3006:1", AuditSeverity.Notice);
}
