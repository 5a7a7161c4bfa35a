using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>What users and groups may do.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class PermissionAudit
{
    /// <summary>What a user may do everywhere was set.</summary>
    public static bool SetForUser(AuditId userId, string userLogin, IEnumerable<string> granted, IEnumerable<string> revoked) =>
        PermissionFunctions.SetForUser.Write(userId, userLogin, FieldValue.List(granted), FieldValue.List(revoked));

    /// <summary>What a group may do everywhere was set.</summary>
    public static bool SetForGroup(AuditId groupId, string groupName, IEnumerable<string> granted, IEnumerable<string> revoked) =>
        PermissionFunctions.SetForGroup.Write(groupId, groupName, FieldValue.List(granted), FieldValue.List(revoked));

    /// <summary>What a user may do in a project was set.</summary>
    public static bool SetForUserInProject(
        AuditId projectId, string projectName, AuditId userId, string userLogin, IEnumerable<string> granted, IEnumerable<string> revoked) =>
        PermissionFunctions.SetForUserInProject.Write(projectId, projectName, userId, userLogin, FieldValue.List(granted), FieldValue.List(revoked));

    /// <summary>What a group may do in a project was set.</summary>
    public static bool SetForGroupInProject(
        AuditId projectId, string projectName, AuditId groupId, string groupName, IEnumerable<string> granted, IEnumerable<string> revoked) =>
        PermissionFunctions.SetForGroupInProject.Write(projectId, projectName, groupId, groupName, FieldValue.List(granted), FieldValue.List(revoked));
}
