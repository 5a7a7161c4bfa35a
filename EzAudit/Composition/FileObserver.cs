using EzAudit.Routing;
using EzAudit.Storage;
using NodaTime;

namespace EzAudit.Composition;

/// <summary>Passes on what happens to one log file: troubles to the host's log, losses to their count, durations to the meter.</summary>
internal sealed class FileObserver(string file, LossCount losses, Diagnostics diagnostics, AuditMeter meter, IClock clock) : ILogFileObserver
{
    public void Report(string message) => diagnostics.Report($"{file}: {message}", message);

    public void Lost(int count, StorageException failure)
    {
        losses.Add(count, "several", clock.GetCurrentInstant().ToDateTimeOffset(), failure.Message);
        meter.Lost(count, "several");
        diagnostics.Report($"{file}: lost", $"{count} queued records were lost. {failure.Message}");
    }

    public void Synced(TimeSpan duration) => meter.SyncTook(duration, file);
}
