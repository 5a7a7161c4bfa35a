using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Who belongs to a project.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class ProjectAudit
{
    /// <summary>A user was put into a project.</summary>
    public static bool AddUser(AuditId projectId, string projectName, AuditId userId, string userLogin) =>
        ProjectFunctions.AddUser.Write(projectId, projectName, userId, userLogin);

    /// <summary>A user was taken out of a project.</summary>
    public static bool RemoveUser(AuditId projectId, string projectName, AuditId userId, string userLogin) =>
        ProjectFunctions.RemoveUser.Write(projectId, projectName, userId, userLogin);

    /// <summary>The groups of a project were set at once.</summary>
    public static bool SetGroups(AuditId projectId, string projectName, IEnumerable<string> added, IEnumerable<string> removed) =>
        ProjectFunctions.SetGroups.Write(projectId, projectName, FieldValue.List(added), FieldValue.List(removed));
}
