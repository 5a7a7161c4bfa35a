using EzAudit.Records;

namespace CustomPlugin;

/// <summary>The last records, oldest first. For many threads at once.</summary>
public sealed class RecentRecords
{
    private readonly Queue<AuditRecord> _records = [];
    private readonly Lock _lock = new();

    /// <summary>The records as they are now.</summary>
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
