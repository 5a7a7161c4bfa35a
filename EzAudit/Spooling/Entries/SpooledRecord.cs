using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Spooling.Entries;

/// <summary>A record in the memory of a batch, and its envelope. Reused from part to part.</summary>
internal sealed class SpooledRecord : StoredRecord
{
    private readonly Func<string, AuditFunction> _definitions;
    private ReadOnlyMemory<byte> _entry;

    /// <param name="definitions">Finds the definition of a function.</param>
    public SpooledRecord(Func<string, AuditFunction> definitions)
    {
        _definitions = definitions;
        Envelope = new AuditEnvelope(this);
    }

    public AuditEnvelope Envelope { get; }

    /// <param name="id">Identifies the record.</param>
    /// <param name="entry">Its entry, which is valid as long as the part.</param>
    public void Hold(in AuditRecordId id, ReadOnlyMemory<byte> entry)
    {
        _entry = entry;
        Envelope.Hold(id, EntryFormat.BytesOf(entry));
    }

    public override AuditRecord ReadRecord() => EntryFormat.Read(_entry.Span);

    public override AuditLedgerPlace? ReadPlace() => EntryFormat.PlaceOf(_entry.Span);

    public override AuditFunction ReadFunction() => _definitions(EntryFormat.FunctionOf(_entry.Span));
}
