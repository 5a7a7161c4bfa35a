using Microsoft.Extensions.Hosting;

namespace EzAudit.AspNetCore.Security;

/// <summary>Records what is due, periodically while the host runs, and all that is left when it has stopped. Never does both at a time.</summary>
internal abstract class PeriodicSweep(ObservedTrail trail) : IHostedLifecycleService, IDisposable
{
    private ITimer? _timer;
    private Task _running = Task.CompletedTask;

    protected abstract TimeSpan Interval { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = trail.TimeProvider.CreateTimer(_ => Sweep(), null, Interval, Interval);
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
        await _running.ConfigureAwait(false);
        await TryAsync(RecordAllAsync).ConfigureAwait(false);
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Records what is due. What could not be recorded is kept for the next time.</summary>
    protected abstract Task RecordDueAsync();

    /// <summary>Records all that is left.</summary>
    protected abstract Task RecordAllAsync();

    /// <summary>Logs a failure to record: nobody awaits the timer.</summary>
    protected abstract void LogFailure(Exception failure);

    // The next sweep may be due while records still wait for the disk.
    private void Sweep()
    {
        if (_running.IsCompleted) _running = TryAsync(RecordDueAsync);
    }

    private async Task TryAsync(Func<Task> record)
    {
        try
        {
            await record().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuditWriteException or ObjectDisposedException)
        {
            LogFailure(failure);
        }
    }
}
