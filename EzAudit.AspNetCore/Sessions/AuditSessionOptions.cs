namespace EzAudit.AspNetCore.Sessions;

/// <summary>When the audit trail considers a session ended.</summary>
/// <remarks>
/// A session begins with a sign-in and belongs to its cookie. ASP.NET Core does not report when a cookie expires, so the audit trail keeps its own
/// table. The table belongs to this process: after a restart, sessions are added again when their cookies arrive.
/// </remarks>
public sealed class AuditSessionOptions
{
    /// <summary>A session times out after this time without a request. If its cookie is still valid later, the session begins again.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often to look for sessions that have timed out.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of sessions kept; beyond it, the least recently used end as <c>forgotten</c>.</summary>
    public int MaxSessions { get; set; } = 100_000;
}
