using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records consents that users give to applications and purposes.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class ConsentAudit
{
    /// <summary>A user gave consent.</summary>
    public static bool Grant(AuditId userId, string userLogin, string clientId, string scope) =>
        ConsentFunctions.Grant.Write(userId, userLogin, clientId, scope);

    /// <summary>A user withdrew consent.</summary>
    public static bool Revoke(AuditId userId, string userLogin, string clientId, string scope) =>
        ConsentFunctions.Revoke.Write(userId, userLogin, clientId, scope);
}
