using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="ProjectAudit"/>.</summary>
internal static class ProjectFunctions
{
    private static readonly FunctionGroup Group = new("project");

    public static readonly AuditFunction AddUser = Group.Define(
        "project-user-add", "membership.log", "AddUserToProject",
        "User '{User login}' ({User id}) was added to project '{Project name}' ({Project ID}).",
        ["Project ID", "Project name", "User id", "User login"],
        "iam/user,change", "3005:1", AuditSeverity.Notice);

    public static readonly AuditFunction RemoveUser = Group.Define(
        "project-user-remove", "membership.log", "RemoveUserFromProject",
        "User '{User login}' ({User id}) was removed from project '{Project name}' ({Project ID}).",
        ["Project ID", "Project name", "User id", "User login"],
        "iam/user,change", "3005:2", AuditSeverity.Notice);

    public static readonly AuditFunction SetGroups = Group.Define(
        "project-groups-set", "membership.log", "SetGroupsOfProject",
        "The groups of project '{Project name}' ({Project ID}) were set, added: {Added}, removed: {Removed}.",
        ["Project ID", "Project name", "Added", "Removed"],
        "iam/group,change", "3006:9", AuditSeverity.Notice);
}
