using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records changed and forgotten passwords. Never pass a password.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class PasswordAudit
{
    /// <summary>A user changed their own password.</summary>
    public static bool Change(AuditId userId, string userLogin) =>
        PasswordFunctions.Change.Write(userId, userLogin);

    /// <summary>A user failed to change their own password.</summary>
    public static bool ChangeFailed(AuditId userId, string userLogin, string reason) =>
        PasswordFunctions.ChangeFailed.Write(userId, userLogin, reason);

    /// <summary>A user changed the password of another user.</summary>
    public static bool ChangeForUser(AuditId userId, string userLogin) =>
        PasswordFunctions.ChangeForUser.Write(userId, userLogin);

    /// <summary>A reset of a forgotten password was requested.</summary>
    public static bool RequestReset(AuditId userId, string userLogin, string delivery) =>
        PasswordFunctions.RequestReset.Write(userId, userLogin, delivery);

    /// <summary>A forgotten password was reset.</summary>
    public static bool Reset(AuditId userId, string userLogin) =>
        PasswordFunctions.Reset.Write(userId, userLogin);

    /// <summary>A password reset link had expired when it was used.</summary>
    public static bool ResetExpired(AuditId userId, string userLogin, DateTimeOffset issued, TimeSpan lifetime) =>
        PasswordFunctions.ResetExpired.Write(userId, userLogin, issued, lifetime);
}
