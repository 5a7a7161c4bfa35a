namespace EzAudit.AspNetCore.Sessions;

/// <summary>When sessions end for the audit trail.</summary>
/// <remarks>
/// A session begins with a sign-in and belongs to its cookie. ASP.NET Core tells nobody when a cookie has run out, so the audit trail
/// keeps a table of its own. It is the table of this process: one that starts anew takes the sessions of cookies up as they come.
/// </remarks>
public sealed class AuditSessionOptions
{
    /// <summary>After so long without a request a session has timed out. Its cookie may be good for longer: then it begins anew.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often is looked for sessions that have timed out.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many sessions are kept; beyond it, those unused for longest end as <c>forgotten</c>.</summary>
    public int MaxSessions { get; set; } = 100_000;
}
