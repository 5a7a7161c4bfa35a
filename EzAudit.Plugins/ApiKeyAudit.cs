using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records the life of API keys. Never pass the key itself.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class ApiKeyAudit
{
    /// <summary>A key was created.</summary>
    public static bool Create(AuditId keyId, string keyName, AuditId userId, string userLogin, string scope, DateTimeOffset? expires = null) =>
        ApiKeyFunctions.Create.Write(keyId, keyName, userId, userLogin, scope, expires);

    /// <summary>A key was revoked.</summary>
    public static bool Revoke(AuditId keyId, string keyName, AuditId userId, string userLogin, string reason) =>
        ApiKeyFunctions.Revoke.Write(keyId, keyName, userId, userLogin, reason);
}
