namespace EzAudit.AspNetCore.Security;

/// <summary>Runs a sweep periodically while the host runs, and a last one when it stops. Never runs two at a time.</summary>
/// <param name="sweep">Writes what is due. Called by the timer, which nobody awaits: its failures go to <paramref name="failed"/>.</param>
/// <param name="failed">Receives the failure of a sweep; what could not be recorded is kept for the next one.</param>
internal sealed class PeriodicSweep(Func<Task> sweep, Action<Exception> failed) : IDisposable
{
    private ITimer? _timer;
    private Task _running = Task.CompletedTask;

    public void Start(TimeProvider timeProvider, TimeSpan interval) => _timer = timeProvider.CreateTimer(_ => Sweep(), null, interval, interval);

    /// <summary>Stops the timer, waits for a running sweep, and then runs the last one.</summary>
    public async Task StopAsync(Func<Task> last)
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await TryAsync(last).ConfigureAwait(false);
    }

    public void Dispose() => _timer?.Dispose();

    // The next sweep may be due while records still wait for the disk.
    private void Sweep()
    {
        if (_running.IsCompleted) _running = TryAsync(sweep);
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuditWriteException or ObjectDisposedException)
        {
            failed(failure);
        }
    }
}
