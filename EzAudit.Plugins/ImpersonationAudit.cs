using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Acting as somebody else.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class ImpersonationAudit
{
    /// <summary>The actor began to act as another user.</summary>
    public static bool Start(AuditId userId, string userLogin, string reason) =>
        ImpersonationFunctions.Start.Write(userId, userLogin, reason);

    /// <summary>The actor acts as themself again.</summary>
    public static bool End(AuditId userId, string userLogin, TimeSpan duration) =>
        ImpersonationFunctions.End.Write(userId, userLogin, duration);
}
