using System.Text;
using EzAudit.Formats;
using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>One key of a grouping, read from records in place: gives equal keys equal numbers, and makes a text only once of each.</summary>
/// <remarks>Fast on purpose: proven by the benchmark read-back. For one thread.</remarks>
internal sealed class KeyColumn(AuditGroupKey key, RecordTest test, string? function)
{
    private readonly ByteTable _table = new();
    private readonly byte[] _fieldName = key.Kind == AuditGroupKind.Field ? Encoding.UTF8.GetBytes(key.Name) : [];
    private long _lastTime = -1;

    /// <summary>The number of a record's key; -1 for none.</summary>
    public int NumberOf(in ClassicView view) => key.Kind switch
    {
        AuditGroupKind.Actor => _table.NumberOf(view.Actor),
        AuditGroupKind.Address => _table.NumberOf(view.Address),
        AuditGroupKind.Day => OfTime(view.LocalTime.Ticks / TimeSpan.TicksPerDay),
        AuditGroupKind.Hour => OfTime(view.LocalTime.Ticks / TimeSpan.TicksPerHour),
        AuditGroupKind.Outcome => (int?)test.OutcomeOf(view, function) ?? -1,
        AuditGroupKind.Field => OfField(view),
        _ => function is null ? -1 : 0,
    };

    private int _lastNumber;

    private int OfTime(long time)
    {
        if (time == _lastTime) return _lastNumber;
        _lastTime = time;
        return _lastNumber = _table.NumberOf(BitConverter.GetBytes(time));
    }

    private int OfField(in ClassicView view)
    {
        if (!view.TryFindValue(_fieldName, out ReadOnlySpan<byte> value)) return -1;
        if (view.LineEndLength == 1 || !value.Contains((byte)'\n')) return _table.NumberOf(value);
        // Line ends are told apart by the record's own; the table knows only LF.
        return _table.NumberOf(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(value).Replace("\r\n", "\n", StringComparison.Ordinal)));
    }

    /// <summary>The text of a number.</summary>
    public string? TextOf(int number)
    {
        if (number < 0) return null;
        return key.Kind switch
        {
            AuditGroupKind.Function => function,
            AuditGroupKind.Outcome => GroupText.OfOutcome((AuditOutcome)number),
            AuditGroupKind.Day => GroupText.OfDay(new DateTime(BitConverter.ToInt64(_table[number]) * TimeSpan.TicksPerDay)),
            AuditGroupKind.Hour => GroupText.OfHour(new DateTime(BitConverter.ToInt64(_table[number]) * TimeSpan.TicksPerHour)),
            _ => ClassicText.ReadLines(_table[number], "\n"u8),
        };
    }
}
