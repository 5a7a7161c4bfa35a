using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records impersonation of other users.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class ImpersonationAudit
{
    /// <summary>The actor started to impersonate another user.</summary>
    public static bool Start(AuditId userId, string userLogin, string reason) =>
        ImpersonationFunctions.Start.Write(userId, userLogin, reason);

    /// <summary>The actor stopped impersonating another user.</summary>
    public static bool End(AuditId userId, string userLogin, TimeSpan duration) =>
        ImpersonationFunctions.End.Write(userId, userLogin, duration);
}
