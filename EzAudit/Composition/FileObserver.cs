using EzAudit.Routing;
using EzAudit.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.Composition;

/// <summary>Passes on what happens to one log file: troubles to the host's log, losses to their count, durations to the meter, changes to the audit itself.</summary>
internal sealed class FileObserver(string file, LossCount losses, WriterParts parts, WriterShared shared) : ILogFileObserver
{
    private const string Several = "several";

    /// <summary>Hears of losses as well: no call that queued a record is told. Set when the file is there to be monitored.</summary>
    public TargetMonitor? Monitor { get; set; }

    public void Report(string message) => parts.Diagnostics.Report($"{file}: {message}", message);

    public void Tampered(string message)
    {
        Monitor?.Noticed(message);
        parts.Diagnostics.Report($"{file}: {message}", message, LogLevel.Critical);
    }

    public void Lost(int count, StorageException failure)
    {
        Monitor?.Failed(failure.Message, isRescued: false);
        losses.Add(count, Several, parts.Clock.GetCurrentInstant().ToDateTimeOffset(), failure.Message);
        shared.Meter.Lost(count, Several);
        parts.Diagnostics.Report($"{file}: lost", $"{count} queued records {(failure.MayBeStored ? "may be" : "were")} lost. {failure.Message}");
    }

    public void Synced(TimeSpan duration) => shared.Meter.SyncTook(duration, file);

    /// <summary>The file was rotated, or a rotated one deleted or compressed.</summary>
    public void Changed(LogFileChange change) => shared.Changes.Add(change);
}
