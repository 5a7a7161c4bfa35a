using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records the permissions of users and groups.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class PermissionAudit
{
    /// <summary>The global permissions of a user were set.</summary>
    public static bool SetForUser(AuditId userId, string userLogin, IEnumerable<string> granted, IEnumerable<string> revoked) =>
        PermissionFunctions.SetForUser.Write(userId, userLogin, FieldValue.List(granted), FieldValue.List(revoked));

    /// <summary>The global permissions of a group were set.</summary>
    public static bool SetForGroup(AuditId groupId, string groupName, IEnumerable<string> granted, IEnumerable<string> revoked) =>
        PermissionFunctions.SetForGroup.Write(groupId, groupName, FieldValue.List(granted), FieldValue.List(revoked));

    /// <summary>The permissions of a user in a project were set.</summary>
    public static bool SetForUserInProject(
        AuditId projectId, string projectName, AuditId userId, string userLogin, IEnumerable<string> granted, IEnumerable<string> revoked) =>
        PermissionFunctions.SetForUserInProject.Write(projectId, projectName, userId, userLogin, FieldValue.List(granted), FieldValue.List(revoked));

    /// <summary>The permissions of a group in a project were set.</summary>
    public static bool SetForGroupInProject(
        AuditId projectId, string projectName, AuditId groupId, string groupName, IEnumerable<string> granted, IEnumerable<string> revoked) =>
        PermissionFunctions.SetForGroupInProject.Write(projectId, projectName, groupId, groupName, FieldValue.List(granted), FieldValue.List(revoked));
}
