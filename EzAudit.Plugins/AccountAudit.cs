using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records changes to user accounts.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class AccountAudit
{
    /// <summary>An account was created.</summary>
    public static bool Create(AuditId userId, string userLogin, string? email = null) =>
        AccountFunctions.Create.Write(userId, userLogin, email);

    /// <summary>An account was deleted.</summary>
    public static bool Delete(AuditId userId, string userLogin) =>
        AccountFunctions.Delete.Write(userId, userLogin);

    /// <summary>An account was enabled.</summary>
    public static bool Enable(AuditId userId, string userLogin) =>
        AccountFunctions.Enable.Write(userId, userLogin);

    /// <summary>An account was disabled.</summary>
    public static bool Disable(AuditId userId, string userLogin, string reason, DateTimeOffset? until = null) =>
        AccountFunctions.Disable.Write(userId, userLogin, until, reason);

    /// <summary>An account was locked because of failed attempts.</summary>
    public static bool Lockout(AuditId userId, string userLogin, DateTimeOffset until, int failedAttempts) =>
        AccountFunctions.Lockout.Write(userId, userLogin, until, failedAttempts);

    /// <summary>An account was unlocked.</summary>
    public static bool Unlock(AuditId userId, string userLogin) =>
        AccountFunctions.Unlock.Write(userId, userLogin);

    /// <summary>All groups of a user were set at once.</summary>
    public static bool SetGroups(AuditId userId, string userLogin, IEnumerable<string> added, IEnumerable<string> removed) =>
        AccountFunctions.SetGroups.Write(userId, userLogin, FieldValue.List(added), FieldValue.List(removed));
}
