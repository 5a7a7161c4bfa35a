using System.Text;
using EzAudit.Formats.Classic;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit.Reading.Grouping;

/// <summary>One key of a grouping, read from records in place: maps equal keys to equal numbers, and creates each text only once.</summary>
/// <remarks>Optimized for speed; see the benchmark read-back. Not thread-safe.</remarks>
internal sealed class KeyColumn(AuditGroupKey key, FunctionTest functions, ViewFunction function)
{
    private readonly ByteTable _table = new();
    private readonly byte[] _fieldName = key.Kind == AuditGroupKind.Field ? Encoding.UTF8.GetBytes(key.Name) : [];
    private long _lastTime = -1;
    private string? _lastFunction;
    private int _lastFunctionNumber;

    /// <summary>The number of a record's key; -1 if it has none.</summary>
    public int NumberOf(in ClassicView view) => key.Kind switch
    {
        AuditGroupKind.Actor => _table.NumberOf(view.Actor),
        AuditGroupKind.Address => _table.NumberOf(view.Address),
        AuditGroupKind.Day => OfTime(view.LocalTime.Ticks / TimeSpan.TicksPerDay),
        AuditGroupKind.Hour => OfTime(view.LocalTime.Ticks / TimeSpan.TicksPerHour),
        AuditGroupKind.Outcome => (int?)OutcomeOf(view) ?? -1,
        AuditGroupKind.Field => OfField(view),
        _ => OfFunction(function.Of(view)),
    };

    private AuditOutcome? OutcomeOf(in ClassicView view) =>
        RecordOutcome.Of(view) is { } stated ? stated : functions.OutcomeOf(function.Of(view), stated: null);

    private int OfFunction(string? name)
    {
        if (name is null) return -1;
        if (!ReferenceEquals(name, _lastFunction)) _lastFunctionNumber = _table.NumberOf(Encoding.UTF8.GetBytes(name));
        _lastFunction = name;
        return _lastFunctionNumber;
    }

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
        // Normalizes the record's own line ends; the table knows only LF.
        return _table.NumberOf(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(value).Replace("\r\n", "\n", StringComparison.Ordinal)));
    }

    /// <summary>The text for a number.</summary>
    public string? TextOf(int number)
    {
        if (number < 0) return null;
        return key.Kind switch
        {
            AuditGroupKind.Function => Encoding.UTF8.GetString(_table[number]),
            AuditGroupKind.Outcome => GroupText.OfOutcome((AuditOutcome)number),
            AuditGroupKind.Day => GroupText.OfDay(new DateTime(BitConverter.ToInt64(_table[number]) * TimeSpan.TicksPerDay)),
            AuditGroupKind.Hour => GroupText.OfHour(new DateTime(BitConverter.ToInt64(_table[number]) * TimeSpan.TicksPerHour)),
            _ => ClassicText.ReadLines(_table[number], "\n"u8),
        };
    }
}
