using EzAudit.AspNetCore.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>Ends sessions that time out while the host runs, and all sessions when it stops.</summary>
internal sealed partial class SessionSweeper : IHostedLifecycleService, IDisposable
{
    private readonly SessionTable _sessions;
    private readonly IOptions<AuditSessionOptions> _options;
    private readonly ILogger<SessionSweeper> _log;
    private readonly ObservedTrail _trail;
    private readonly PeriodicSweep _sweep;

    public SessionSweeper(SessionTable sessions, IOptions<AuditSessionOptions> options, ILogger<SessionSweeper> log, ObservedTrail trail)
    {
        _sessions = sessions;
        _options = options;
        _log = log;
        _trail = trail;
        _sweep = new PeriodicSweep(sessions.SweepAsync, LogFailure);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sweep.Start(_trail.TimeProvider, _options.Value.SweepInterval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only by now has the server answered its last request.
    public Task StoppedAsync(CancellationToken cancellationToken) => _sweep.StopAsync(_sessions.EndAllAsync);

    public void Dispose() => _sweep.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "Ended sessions could not be recorded. The next sweep retries.")]
    private partial void LogFailure(Exception failure);
}
