using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Passwords, changed and forgotten. Never give one.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class PasswordAudit
{
    /// <summary>A user changed their own password.</summary>
    public static bool Change(AuditId userId, string userLogin) =>
        PasswordFunctions.Change.Write(userId, userLogin);

    /// <summary>A user could not change their own password.</summary>
    public static bool ChangeFailed(AuditId userId, string userLogin, string reason) =>
        PasswordFunctions.ChangeFailed.Write(userId, userLogin, reason);

    /// <summary>Somebody changed the password of another user.</summary>
    public static bool ChangeForUser(AuditId userId, string userLogin) =>
        PasswordFunctions.ChangeForUser.Write(userId, userLogin);

    /// <summary>Somebody asked to set a forgotten password anew.</summary>
    public static bool RequestReset(AuditId userId, string userLogin, string delivery) =>
        PasswordFunctions.RequestReset.Write(userId, userLogin, delivery);

    /// <summary>A forgotten password was set anew.</summary>
    public static bool Reset(AuditId userId, string userLogin) =>
        PasswordFunctions.Reset.Write(userId, userLogin);

    /// <summary>Somebody came with a link that was too old.</summary>
    public static bool ResetExpired(AuditId userId, string userLogin, DateTimeOffset issued, TimeSpan lifetime) =>
        PasswordFunctions.ResetExpired.Write(userId, userLogin, issued, lifetime);
}
