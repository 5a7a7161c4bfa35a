using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Spooling;

/// <summary>A record in the memory of a batch.</summary>
/// <param name="entry">Its entry, which is valid as long as the batch.</param>
/// <param name="definitions">Finds the definition of a function.</param>
internal sealed class SpooledRecord(ReadOnlyMemory<byte> entry, Func<string, AuditFunction> definitions) : StoredRecord
{
    /// <summary>The entry, for the dead-letter file.</summary>
    public ReadOnlyMemory<byte> Entry => entry;

    public override AuditRecord ReadRecord() => EntryFormat.Read(entry.Span);

    public override AuditLedgerPlace? ReadPlace() => EntryFormat.PlaceOf(entry.Span);

    public override AuditFunction ReadFunction() => definitions(EntryFormat.FunctionOf(entry.Span));
}
