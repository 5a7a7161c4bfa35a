using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>The life of sessions.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class SessionAudit
{
    /// <summary>A session began.</summary>
    public static bool Start(string sessionId, string? userAgent = null) =>
        SessionFunctions.Start.Write(sessionId, userAgent);

    /// <summary>A session ended: <c>logout</c>, <c>timeout</c>, <c>revoked</c>, <c>shutdown</c>.</summary>
    public static bool End(string sessionId, string reason, TimeSpan duration) =>
        SessionFunctions.End.Write(sessionId, reason, duration);

    /// <summary>A session was looked up. Noisy: once for every request.</summary>
    public static bool Use(string sessionId) =>
        SessionFunctions.Use.Write(sessionId);

    /// <summary>A session ended because nobody used it.</summary>
    public static bool Timeout(string sessionId, TimeSpan idle) =>
        SessionFunctions.Timeout.Write(sessionId, idle);

    /// <summary>A client kept its session alive.</summary>
    public static bool Ping(string sessionId) =>
        SessionFunctions.Ping.Write(sessionId);
}
