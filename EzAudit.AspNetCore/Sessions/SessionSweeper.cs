using EzAudit.AspNetCore.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>Ends sessions that time out while the host runs, and all sessions when it stops.</summary>
internal sealed partial class SessionSweeper(SessionTable sessions, IOptions<AuditSessionOptions> options, ILogger<SessionSweeper> log, ObservedTrail trail)
    : IHostedLifecycleService, IDisposable
{
    private ITimer? _timer;
    private Task _sweep = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TimeSpan interval = options.Value.SweepInterval;
        _timer = trail.TimeProvider.CreateTimer(_ => Sweep(), null, interval, interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only by now has the server answered its last request.
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        await _sweep.ConfigureAwait(false);
        await TryAsync(sessions.EndAllAsync).ConfigureAwait(false);
    }

    public void Dispose() => _timer?.Dispose();

    // One sweep at a time: the next may be due while records wait for the disk.
    private void Sweep()
    {
        if (_sweep.IsCompleted) _sweep = TryAsync(sessions.SweepAsync);
    }

    // No caller awaits this; sessions that could not be recorded stay in the table for the next sweep.
    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuditWriteException or ObjectDisposedException)
        {
            LogFailure(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Ended sessions could not be recorded. The next sweep retries.")]
    private partial void LogFailure(Exception failure);
}
