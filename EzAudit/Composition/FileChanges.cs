using System.Collections.Concurrent;
using EzAudit.Storage;

namespace EzAudit.Composition;

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
