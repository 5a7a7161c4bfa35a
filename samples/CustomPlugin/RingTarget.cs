using EzAudit.Extensibility;
using EzAudit.Records;

namespace CustomPlugin;

/// <summary>Keeps the most recent records in memory. The file next to it is the durable copy.</summary>
internal sealed class RingTarget(RecentRecords recent, int size) : IAuditTarget
{
    // The view refers to the caller's data and is only valid during the call, so a record to keep must be copied.
    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) =>
        recent.Add(new AuditRecord(record.Time, record.Address, record.Actor, record.Fields, record.Function.Name), size);

    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}
