using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="GroupAudit"/>.</summary>
internal static class GroupFunctions
{
    private static readonly FunctionGroup Group = new("group");

    public static readonly AuditFunction Create = Group.Define(
        "group-create", "group.log", "CreateGroup",
        "Group '{Group name}' ({Group ID}) was created.",
        ["Group ID", "Group name"],
        "iam/group,creation", "3006:6", AuditSeverity.Notice);

    public static readonly AuditFunction Delete = Group.Define(
        "group-delete", "group.log", "DeleteGroup",
        "Group '{Group name}' ({Group ID}) was deleted.",
        ["Group ID", "Group name"],
        "iam/group,deletion", "3006:5", AuditSeverity.Warning);

    public static readonly AuditFunction Rename = Group.Define(
        "group-rename", "group.log", "RenameGroup",
        "Group '{Old name}' ({Group ID}) was renamed to '{New name}'.",
        ["Group ID", "Old name", "New name"],
        "iam/group,change", "3006:9", AuditSeverity.Notice);

    public static readonly AuditFunction AddUser = Group.Define(
        "group-user-add", "membership.log", "AddUserToGroup",
        "User '{User login}' ({User id}) was added to group '{Group name}' ({Group ID}).",
        ["Group ID", "Group name", "User id", "User login"],
        "iam/group,change", "3006:3", AuditSeverity.Notice);

    public static readonly AuditFunction RemoveUser = Group.Define(
        "group-user-remove", "membership.log", "RemoveUserFromGroup",
        "User '{User login}' ({User id}) was removed from group '{Group name}' ({Group ID}).",
        ["Group ID", "Group name", "User id", "User login"],
        "iam/group,change", "3006:4", AuditSeverity.Notice);

    public static readonly AuditFunction SetUsers = Group.Define(
        "group-users-set", "membership.log", "SetUsersOfGroup",
        "The users of group '{Group name}' ({Group ID}) were set, added: {Added}, removed: {Removed}; {Resulting count} are in it.",
        ["Group ID", "Group name", "Added", "Removed", "Resulting count"],
        "iam/group,change", "3006:9", AuditSeverity.Notice);
}
