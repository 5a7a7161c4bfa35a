using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Security;

/// <summary>Records counted failures when their window ends, and all of them when the host stops.</summary>
internal sealed partial class FoldingService : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FailureFolding _folding;
    private readonly ILogger<FoldingService> _log;
    private readonly ObservedTrail _trail;
    private readonly PeriodicSweep _sweep;

    public FoldingService(FailureFolding folding, ILogger<FoldingService> log, ObservedTrail trail)
    {
        _folding = folding;
        _log = log;
        _trail = trail;
        _sweep = new PeriodicSweep(() => folding.Addresses > 0 ? folding.WriteOverAsync() : Task.CompletedTask, failure => LogFailure(folding.Counted, failure));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sweep.Start(_trail.TimeProvider, Interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only by now has the server answered its last request.
    public Task StoppedAsync(CancellationToken cancellationToken) => _sweep.StopAsync(_folding.WriteAllAsync);

    public void Dispose() => _sweep.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} counted failed sign-ins could not be recorded yet.")]
    private partial void LogFailure(long count, Exception failure);
}
