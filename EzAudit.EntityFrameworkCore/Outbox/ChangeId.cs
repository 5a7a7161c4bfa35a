using System.Globalization;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The field that identifies a record from an outbox: the row's id and the record's number in that row.</summary>
internal static class ChangeId
{
    public const string Field = "Change ID";

    public static AuditRecord Mark(AuditRecord record, string row, int number)
    {
        var id = new AuditField(Field, string.Create(CultureInfo.InvariantCulture, $"{row}-{number}"));
        return new AuditRecord(record.Time, record.Address, record.Actor, [.. record.Fields, id], record.Function, record.Session, record.Trace);
    }
}
