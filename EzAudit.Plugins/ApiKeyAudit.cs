using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Keys of the API. Never give one.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class ApiKeyAudit
{
    /// <summary>A key was made.</summary>
    public static bool Create(AuditId keyId, string keyName, AuditId userId, string userLogin, string scope, DateTimeOffset? expires = null) =>
        ApiKeyFunctions.Create.Write(keyId, keyName, userId, userLogin, scope, expires);

    /// <summary>A key was revoked.</summary>
    public static bool Revoke(AuditId keyId, string keyName, AuditId userId, string userLogin, string reason) =>
        ApiKeyFunctions.Revoke.Write(keyId, keyName, userId, userLogin, reason);
}
