using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records second factors, passkeys and recovery codes. Never pass a code.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class FactorAudit
{
    /// <summary>A second factor was enabled.</summary>
    public static bool Enable(AuditId userId, string userLogin, string factor) =>
        FactorFunctions.Enable.Write(userId, userLogin, factor);

    /// <summary>A second factor was disabled.</summary>
    public static bool Disable(AuditId userId, string userLogin, string factor) =>
        FactorFunctions.Disable.Write(userId, userLogin, factor);

    /// <summary>A second factor was wrong or came too late.</summary>
    public static bool Failed(AuditId userId, string userLogin, string factor, string reason) =>
        FactorFunctions.Failed.Write(userId, userLogin, factor, reason);

    /// <summary>A passkey was added.</summary>
    public static bool AddPasskey(AuditId userId, string userLogin, AuditId passkeyId, string passkeyName) =>
        FactorFunctions.AddPasskey.Write(userId, userLogin, passkeyId, passkeyName);

    /// <summary>A passkey was removed.</summary>
    public static bool RemovePasskey(AuditId userId, string userLogin, AuditId passkeyId, string passkeyName) =>
        FactorFunctions.RemovePasskey.Write(userId, userLogin, passkeyId, passkeyName);

    /// <summary>A user signed in with a recovery code.</summary>
    public static bool UseRecoveryCode(AuditId userId, string userLogin, int codesLeft) =>
        FactorFunctions.UseRecoveryCode.Write(userId, userLogin, codesLeft);
}
