using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Security;

/// <summary>Records counted failures when their window ends, and all of them when the host stops.</summary>
internal sealed partial class FoldingService(FailureFolding folding, ILogger<FoldingService> log, ObservedTrail trail) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private Task _sweep = Task.CompletedTask;

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
        await _sweep.ConfigureAwait(false);
        await TryAsync(folding.WriteAllAsync).ConfigureAwait(false);
    }

    public void Dispose() => _timer?.Dispose();

    // One run at a time: the next may be due while records wait for the disk.
    private void Sweep()
    {
        if (_sweep.IsCompleted && folding.Addresses > 0) _sweep = TryAsync(folding.WriteOverAsync);
    }

    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuditWriteException or ObjectDisposedException)
        {
            LogFailure(folding.Counted, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} counted failed sign-ins could not be recorded yet.")]
    private partial void LogFailure(long count, Exception failure);
}
