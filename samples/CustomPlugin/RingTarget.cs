using EzAudit.Extensibility;
using EzAudit.Records;

namespace CustomPlugin;

/// <summary>Keeps the last records in memory. What is durable is the file beside it.</summary>
internal sealed class RingTarget(RecentRecords recent, int size) : IAuditTarget
{
    // The view is the caller's own data and ends with the call: a record that stays needs a copy.
    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) =>
        recent.Add(new AuditRecord(record.Time, record.Address, record.Actor, record.Fields, record.Function.Name), size);

    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}
