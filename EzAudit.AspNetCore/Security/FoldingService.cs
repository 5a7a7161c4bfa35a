using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Security;

/// <summary>Records counted failures when their window ends, and all of them when the host stops.</summary>
internal sealed partial class FoldingService(FailureFolding folding, ILogger<FoldingService> log, ObservedTrail trail) : PeriodicSweep(trail)
{
    private readonly ILogger<FoldingService> _log = log;

    protected override TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    protected override Task RecordDueAsync() => folding.Addresses > 0 ? folding.WriteOverAsync() : Task.CompletedTask;

    protected override Task RecordAllAsync() => folding.WriteAllAsync();

    protected override void LogFailure(Exception failure) => LogUnrecorded(folding.Counted, failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} counted failed sign-ins could not be recorded yet.")]
    private partial void LogUnrecorded(long count, Exception failure);
}
