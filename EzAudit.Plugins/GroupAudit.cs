using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records groups and their members.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class GroupAudit
{
    /// <summary>A group was created.</summary>
    public static bool Create(AuditId groupId, string groupName) =>
        GroupFunctions.Create.Write(groupId, groupName);

    /// <summary>A group was deleted.</summary>
    public static bool Delete(AuditId groupId, string groupName) =>
        GroupFunctions.Delete.Write(groupId, groupName);

    /// <summary>A group was renamed.</summary>
    public static bool Rename(AuditId groupId, string oldName, string newName) =>
        GroupFunctions.Rename.Write(groupId, oldName, newName);

    /// <summary>A user was added to a group.</summary>
    public static bool AddUser(AuditId groupId, string groupName, AuditId userId, string userLogin) =>
        GroupFunctions.AddUser.Write(groupId, groupName, userId, userLogin);

    /// <summary>A user was removed from a group.</summary>
    public static bool RemoveUser(AuditId groupId, string groupName, AuditId userId, string userLogin) =>
        GroupFunctions.RemoveUser.Write(groupId, groupName, userId, userLogin);

    /// <summary>All users of a group were set at once.</summary>
    public static bool SetUsers(AuditId groupId, string groupName, IEnumerable<string> added, IEnumerable<string> removed, int resultingCount) =>
        GroupFunctions.SetUsers.Write(groupId, groupName, FieldValue.List(added), FieldValue.List(removed), resultingCount);
}
