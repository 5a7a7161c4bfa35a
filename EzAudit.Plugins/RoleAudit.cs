using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records changes to roles: <c>role-change</c> and <c>role-assign</c>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>.</remarks>
public static class RoleAudit
{
    private const string Category = "role";
    private const string RoleId = "Role ID";
    private const string RoleName = "Role name";
    private const string AssignedToId = "Assign to content object ID";

    /// <summary>The definition of <c>role-change</c>.</summary>
    public static AuditFunction ChangeFunction { get; } = new AuditFunction
    {
        Name = "role-change",
        DefaultFileName = "role_change.log",
        Fields = [RoleId, RoleName, FieldNames.Comment],
        EventName = "ChangeRole",
        Sentence = $"Role '{{{RoleName}}}' ({{{RoleId}}}) was changed.",
        Severity = AuditSeverity.Notice,
        Category = Category,
    }.MappedTo("iam/admin,change", "3004:3");

    /// <summary>The definition of <c>role-assign</c>.</summary>
    public static AuditFunction AssignFunction { get; } = new AuditFunction
    {
        Name = "role-assign",
        DefaultFileName = "role_assign.log",
        Fields = [RoleId, RoleName, AssignedToId, FieldNames.ContentObjectName, FieldNames.Comment],
        EventName = "AssignRole",
        Sentence = $"Role '{{{RoleName}}}' ({{{RoleId}}}) was assigned to '{{{FieldNames.ContentObjectName}}}' ({{{AssignedToId}}}).",
        Severity = AuditSeverity.Notice,
        Category = Category,
    }.MappedTo("iam/user,change", "3005:3");

    /// <summary>The permissions of a role were changed.</summary>
    /// <param name="roleId">The role.</param>
    /// <param name="roleName">The role's name.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool Change(AuditId roleId, string roleName, string comment = "Changed the role") =>
        AuditTrail.WriteAudit(ChangeFunction.Name, roleId.AsField(RoleId), (RoleName, roleName), (FieldNames.Comment, comment));

    /// <summary>A role was assigned to a user or group.</summary>
    /// <param name="roleId">The role.</param>
    /// <param name="roleName">The role's name.</param>
    /// <param name="assignToContentObjectId">The user or group.</param>
    /// <param name="contentObjectName">The user's or group's name.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool Assign(
        AuditId roleId,
        string roleName,
        AuditId assignToContentObjectId,
        string contentObjectName,
        string comment = "Assigned the role to the user or group") =>
        AuditTrail.WriteAudit(
            AssignFunction.Name,
            roleId.AsField(RoleId),
            (RoleName, roleName),
            assignToContentObjectId.AsField(AssignedToId),
            (FieldNames.ContentObjectName, contentObjectName),
            (FieldNames.Comment, comment));
}
