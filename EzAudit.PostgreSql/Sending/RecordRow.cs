using EzAudit.Extensibility;
using EzAudit.PostgreSql.Text;
using EzAudit.Records;

namespace EzAudit.PostgreSql.Sending;

/// <summary>Writes a record as a row of <c>audit_record</c>.</summary>
internal static class RecordRow
{
    /// <summary>The columns, in the order in which <see cref="Write"/> writes them.</summary>
    public const string Columns = "time, ticks, run, number, function, login, actor_id, address, address_key, session, trace, succeeded, fields, bytes, ledger, ledger_file, ledger_offset";

    private const short ColumnCount = 17;

    public static void Write(CopyBuffer buffer, int run, AuditEnvelope envelope)
    {
        AuditRecord record = envelope.Record;
        buffer.BeginRow(ColumnCount);
        buffer.Add(record.Time);
        buffer.Add(run);
        buffer.Add(envelope.Id.Number);
        buffer.Add(record.Function ?? envelope.Function.Name);
        buffer.Add(record.Actor.Login);
        buffer.Add(record.Actor.Id);
        buffer.Add(record.Address);
        buffer.Add(AddressKey.Of(record.Address));
        buffer.Add(record.Session);
        buffer.Add(record.Trace);
        buffer.Add(RecordedOutcome.Of(record, envelope.Function) == AuditOutcome.Success);
        buffer.AddJson(record.Fields, WriteFields);
        buffer.Add(envelope.Bytes.Span);
        AddPlace(buffer, envelope.Place);
    }

    private static void AddPlace(CopyBuffer buffer, AuditLedgerPlace? place)
    {
        buffer.Add(place?.Ledger);
        if (place is { } known)
        {
            buffer.Add(known.File);
            buffer.Add(known.Offset);
            return;
        }
        buffer.AddNull();
        buffer.AddNull();
    }

    private static void WriteFields(CopyBuffer buffer, IReadOnlyList<AuditField> fields)
    {
        buffer.Append("["u8);
        for (int i = 0; i < fields.Count; i++)
        {
            buffer.Append(i == 0 ? "{"u8 : ",{"u8);
            buffer.AppendJson(fields[i].Name);
            buffer.Append(":"u8);
            buffer.AppendJson(fields[i].Value);
            buffer.Append("}"u8);
        }
        buffer.Append("]"u8);
    }
}
