using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Spooling;

/// <summary>Stands in for a target when settings are only checked. No one writes to it, and it leaves nothing behind.</summary>
internal sealed class TrialTarget : IAuditTarget
{
    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) =>
        throw new InvalidOperationException("This target only checks settings and cannot write records.");

    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}
