using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>What users allow applications and purposes.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class ConsentAudit
{
    /// <summary>A user allowed something.</summary>
    public static bool Grant(AuditId userId, string userLogin, string clientId, string scope) =>
        ConsentFunctions.Grant.Write(userId, userLogin, clientId, scope);

    /// <summary>A user took it back.</summary>
    public static bool Revoke(AuditId userId, string userLogin, string clientId, string scope) =>
        ConsentFunctions.Revoke.Write(userId, userLogin, clientId, scope);
}
