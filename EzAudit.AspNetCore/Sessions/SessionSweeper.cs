using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>Looks for sessions that have timed out while the host runs, and ends all of them with it.</summary>
internal sealed partial class SessionSweeper(SessionTable sessions, IOptions<AuditSessionOptions> options, ILogger<SessionSweeper> log, TimeProvider? time = null)
    : IHostedLifecycleService, IDisposable
{
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TimeSpan interval = options.Value.SweepInterval;
        _timer = (time ?? TimeProvider.System).CreateTimer(_ => Try(sessions.Sweep), null, interval, interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only now has the server answered its last request.
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        Try(sessions.EndAll);
    }

    public void Dispose() => _timer?.Dispose();

    // Nobody waits for the answer; what could not be recorded stays in the table for the next time.
    private void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure) when (failure is AuditWriteException or ObjectDisposedException)
        {
            LogFailure(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of sessions could not be put on record; it will be tried again at the next sweep.")]
    private partial void LogFailure(Exception failure);
}
