using EzAudit.Records;

namespace CustomPlugin;

/// <summary>Keeps the most recent records, oldest first. Thread-safe.</summary>
public sealed class RecentRecords
{
    private readonly Queue<AuditRecord> _records = [];
    private readonly Lock _lock = new();

    /// <summary>A snapshot of the records.</summary>
    public IReadOnlyList<AuditRecord> All
    {
        get
        {
            lock (_lock) return _records.ToList();
        }
    }

    internal void Add(AuditRecord record, int size)
    {
        lock (_lock)
        {
            _records.Enqueue(record);
            while (_records.Count > size) _records.Dequeue();
        }
    }
}
