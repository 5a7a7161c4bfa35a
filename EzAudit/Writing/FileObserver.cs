using System.Collections.Concurrent;
using EzAudit.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.Writing;

/// <summary>Forwards what happens to a log file: problems to the host's log, losses to their count, durations to the meter, changes to the audit trail.</summary>
internal sealed class FileObserver(string file, LossCount losses, WriterOptions options, WriterServices services) : ILogFileObserver
{
    private const string Several = "several";

    /// <summary>Is notified of losses as well, because no caller of a queued record is. Set once the file exists.</summary>
    public TargetMonitor? Monitor { get; set; }

    public void Report(string message) => options.Diagnostics.Report($"{file}: {message}", message);

    public void Tampered(string message)
    {
        Monitor?.NoteProblem(message);
        options.Diagnostics.Report($"{file}: {message}", message, LogLevel.Critical);
    }

    public void Lost(int count, StorageException failure)
    {
        Monitor?.Failed(failure.Message, isRescued: false);
        losses.Add(count, Several, options.TimeProvider.GetUtcNow(), failure.Message);
        services.Meter.Lost(count, Several);
        options.Diagnostics.Report($"{file}: lost", $"{count} queued records {(failure.MayBeStored ? "may be" : "were")} lost. {failure.Message}");
    }

    public void Synced(TimeSpan duration) => services.Meter.SyncTook(duration, file);

    /// <summary>Called when the file was rotated, or a rotated one was deleted or compressed.</summary>
    public void Changed(LogFileChange change) => services.Changes.Add(change);
}

/// <summary>Changes of log files not yet recorded: collected while a file is locked, and recorded afterwards.</summary>
internal sealed class FileChanges
{
    private readonly ConcurrentQueue<LogFileChange> _changes = new();

    /// <summary>Called on a thread-pool thread when changes were added.</summary>
    public Action? OnAdded { get; set; }

    public void Add(LogFileChange change)
    {
        _changes.Enqueue(change);
        if (OnAdded is { } tell) ThreadPool.UnsafeQueueUserWorkItem(tell => tell(), tell, preferLocal: false);
    }

    public bool TryTake(out LogFileChange? change) => _changes.TryDequeue(out change);
}
