using EzAudit.AspNetCore.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>Ends sessions that time out while the host runs, and all sessions when it stops.</summary>
internal sealed partial class SessionSweeper(SessionTable sessions, IOptions<AuditSessionOptions> options, ILogger<SessionSweeper> log, ObservedTrail trail)
    : PeriodicSweep(trail)
{
    private readonly ILogger<SessionSweeper> _log = log;

    protected override TimeSpan Interval => options.Value.SweepInterval;

    protected override Task RecordDueAsync() => sessions.SweepAsync();

    protected override Task RecordAllAsync() => sessions.EndAllAsync();

    protected override void LogFailure(Exception failure) => LogUnrecorded(failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Ended sessions could not be recorded. The next sweep retries.")]
    private partial void LogUnrecorded(Exception failure);
}
