using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records the life of sessions.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class SessionAudit
{
    /// <summary>A session started.</summary>
    public static bool Start(string sessionId, string? userAgent = null) =>
        SessionFunctions.Start.Write(sessionId, userAgent);

    /// <summary>A session ended: <c>logout</c>, <c>timeout</c>, <c>revoked</c>, <c>shutdown</c>.</summary>
    public static bool End(string sessionId, string reason, TimeSpan duration) =>
        SessionFunctions.End.Write(sessionId, reason, duration);

    /// <summary>A session was looked up. Noisy: written on every request.</summary>
    public static bool Use(string sessionId) =>
        SessionFunctions.Use.Write(sessionId);

    /// <summary>A session ended because it was idle for too long.</summary>
    public static bool Timeout(string sessionId, TimeSpan idle) =>
        SessionFunctions.Timeout.Write(sessionId, idle);

    /// <summary>A client kept its session alive.</summary>
    public static bool Ping(string sessionId) =>
        SessionFunctions.Ping.Write(sessionId);
}
