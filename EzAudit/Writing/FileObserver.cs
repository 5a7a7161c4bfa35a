using System.Collections.Concurrent;
using EzAudit.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.Writing;

/// <summary>Passes on what happens to one log file: troubles to the host's log, losses to their count, durations to the meter, changes to the audit itself.</summary>
internal sealed class FileObserver(string file, LossCount losses, WriterOptions parts, WriterServices shared) : ILogFileObserver
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

/// <summary>Changes of log files that are not yet on record: told while a file is held up, written down when it no longer is.</summary>
internal sealed class FileChanges
{
    private readonly ConcurrentQueue<LogFileChange> _changes = new();

    /// <summary>Told on a thread of the pool that there are some.</summary>
    public Action? OnAdded { get; set; }

    public void Add(LogFileChange change)
    {
        _changes.Enqueue(change);
        if (OnAdded is { } tell) ThreadPool.UnsafeQueueUserWorkItem(tell => tell(), tell, preferLocal: false);
    }

    public bool TryTake(out LogFileChange? change) => _changes.TryDequeue(out change);
}
