using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Accounts of users.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class AccountAudit
{
    /// <summary>An account was created.</summary>
    public static bool Create(AuditId userId, string userLogin, string? email = null) =>
        AccountFunctions.Create.Write(userId, userLogin, email);

    /// <summary>An account was deleted.</summary>
    public static bool Delete(AuditId userId, string userLogin) =>
        AccountFunctions.Delete.Write(userId, userLogin);

    /// <summary>An account may be used again.</summary>
    public static bool Enable(AuditId userId, string userLogin) =>
        AccountFunctions.Enable.Write(userId, userLogin);

    /// <summary>An account may not be used any more.</summary>
    public static bool Disable(AuditId userId, string userLogin, string reason, DateTimeOffset? until = null) =>
        AccountFunctions.Disable.Write(userId, userLogin, until, reason);

    /// <summary>An account was locked because of failed attempts.</summary>
    public static bool Lockout(AuditId userId, string userLogin, DateTimeOffset until, int failedAttempts) =>
        AccountFunctions.Lockout.Write(userId, userLogin, until, failedAttempts);

    /// <summary>A locked account was opened.</summary>
    public static bool Unlock(AuditId userId, string userLogin) =>
        AccountFunctions.Unlock.Write(userId, userLogin);

    /// <summary>The groups of a user were set at once.</summary>
    public static bool SetGroups(AuditId userId, string userLogin, IEnumerable<string> added, IEnumerable<string> removed) =>
        AccountFunctions.SetGroups.Write(userId, userLogin, FieldValue.List(added), FieldValue.List(removed));
}
