using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records the members of projects.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class ProjectAudit
{
    /// <summary>A user was added to a project.</summary>
    public static bool AddUser(AuditId projectId, string projectName, AuditId userId, string userLogin) =>
        ProjectFunctions.AddUser.Write(projectId, projectName, userId, userLogin);

    /// <summary>A user was removed from a project.</summary>
    public static bool RemoveUser(AuditId projectId, string projectName, AuditId userId, string userLogin) =>
        ProjectFunctions.RemoveUser.Write(projectId, projectName, userId, userLogin);

    /// <summary>All groups of a project were set at once.</summary>
    public static bool SetGroups(AuditId projectId, string projectName, IEnumerable<string> added, IEnumerable<string> removed) =>
        ProjectFunctions.SetGroups.Write(projectId, projectName, FieldValue.List(added), FieldValue.List(removed));
}
