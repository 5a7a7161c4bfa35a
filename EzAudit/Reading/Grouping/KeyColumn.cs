using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using EzAudit.Formats.InPlace;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Reading.Grouping;

/// <summary>One key of a grouping, read from the records of one file in place: maps equal keys to equal numbers, and creates each text only once.</summary>
/// <remarks>Optimized for speed; see the benchmark read-back. Not thread-safe.</remarks>
internal sealed class KeyColumn(AuditGroupKey key, FunctionMatcher functions, DateTimeZone zone)
{
    private readonly ByteTable _table = new();
    private readonly byte[] _fieldName = key.Kind == AuditGroupKind.Field ? Encoding.UTF8.GetBytes(key.Name) : [];
    private RecordSyntax? _syntax;
    private long _lastTime = -1;
    private int _lastTimeNumber;
    private string? _lastFunction;
    private int _lastFunctionNumber;
    private long _offsetFrom = long.MaxValue;
    private long _offsetTo;
    private long _offset;

    /// <summary>The number of a record's key; -1 if it has none.</summary>
    public int NumberOf(in RecordView view)
    {
        _syntax = view.Syntax;
        return key.Kind switch
        {
            AuditGroupKind.Actor => _table.NumberOf(view.Actor),
            AuditGroupKind.Address => _table.NumberOf(view.Address),
            AuditGroupKind.Day => OfTime(LocalTicks(view) / TimeSpan.TicksPerDay),
            AuditGroupKind.Hour => OfTime(LocalTicks(view) / TimeSpan.TicksPerHour),
            AuditGroupKind.Outcome => (int?)functions.OutcomeOf(view) ?? -1,
            AuditGroupKind.Field => OfField(view),
            _ => OfFunction(functions.FunctionOf(view)),
        };
    }

    /// <summary>The text for a number.</summary>
    public string? TextOf(int number)
    {
        if (number < 0) return null;
        return key.Kind switch
        {
            AuditGroupKind.Function => MemoryMarshal.Cast<byte, char>(_table[number]).ToString(),
            AuditGroupKind.Outcome => (AuditOutcome)number == AuditOutcome.Success ? "success" : "failure",
            AuditGroupKind.Day => TimeText(number, TimeSpan.TicksPerDay, "yyyy-MM-dd"),
            AuditGroupKind.Hour => TimeText(number, TimeSpan.TicksPerHour, "yyyy-MM-dd HH"),
            AuditGroupKind.Actor => _syntax!.ReadActor(_table[number]),
            _ => _syntax!.ReadText(_table[number], lineEndLength: 1),
        };
    }

    private string TimeText(int number, long ticks, string form) =>
        new DateTime(BitConverter.ToInt64(_table[number]) * ticks).ToString(form, CultureInfo.InvariantCulture);

    private int OfFunction(string? name)
    {
        if (name is null) return -1;
        if (!ReferenceEquals(name, _lastFunction)) _lastFunctionNumber = _table.NumberOf(MemoryMarshal.AsBytes(name.AsSpan()));
        _lastFunction = name;
        return _lastFunctionNumber;
    }

    private int OfTime(long time)
    {
        if (time == _lastTime) return _lastTimeNumber;
        _lastTime = time;
        return _lastTimeNumber = _table.NumberOf(BitConverter.GetBytes(time));
    }

    // A zone is asked twice a year.
    private long LocalTicks(in RecordView view)
    {
        if (view.LocalTicks != RecordView.NoLocalTime) return view.LocalTicks;
        if (view.UtcTicks < _offsetFrom || view.UtcTicks >= _offsetTo)
        {
            var interval = zone.GetZoneInterval(Instant.FromDateTimeOffset(new DateTimeOffset(view.UtcTicks, TimeSpan.Zero)));
            _offsetFrom = interval.HasStart ? interval.Start.ToDateTimeOffset().UtcTicks : 0;
            _offsetTo = interval.HasEnd ? interval.End.ToDateTimeOffset().UtcTicks : long.MaxValue;
            _offset = interval.WallOffset.Ticks;
        }
        return Math.Clamp(view.UtcTicks + _offset, 0, DateTime.MaxValue.Ticks);
    }

    private int OfField(in RecordView view)
    {
        if (!view.TryFindValue(_fieldName, out ReadOnlySpan<byte> value)) return -1;
        if (view.LineEndLength == 1 || !value.Contains((byte)'\n')) return _table.NumberOf(value);
        // Normalizes the record's own line ends; the table knows only LF.
        return _table.NumberOf(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(value).Replace("\r\n", "\n", StringComparison.Ordinal)));
    }
}
