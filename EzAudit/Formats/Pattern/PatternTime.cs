using System.Globalization;
using EzAudit.Formats.Output;
using NodaTime;

namespace EzAudit.Formats.Pattern;

/// <summary>Formats a time by one date pattern in the local time of one zone, in English in every culture.</summary>
/// <remarks>
/// Optimized for speed: the text around the fraction of the last second written is cached. Measured by the benchmark of the formats.
/// </remarks>
internal sealed class PatternTime
{
    // These can change the meaning of a split pattern; it is then formatted as a whole each time.
    private const string Quoting = "'\"\\%F";

    private readonly DateTimeZone _zone;
    private readonly string _head;
    private readonly string _tail;
    private readonly int _decimals;
    private readonly int _ticksOfDecimal = 1;
    private readonly bool _isWhole;
    private RenderedSecond _last = new(-1, [], []);

    /// <param name="pattern">A date and time pattern of .NET.</param>
    /// <param name="zone">The zone of the local time.</param>
    /// <exception cref="FormatException">.NET does not know the pattern.</exception>
    public PatternTime(string pattern, DateTimeZone zone)
    {
        _zone = zone;
        _ = DateTimeOffset.UnixEpoch.ToString(pattern, CultureInfo.InvariantCulture);
        int from = pattern.IndexOf('f', StringComparison.Ordinal);
        int to = pattern.LastIndexOf('f') + 1;
        _decimals = from < 0 ? 0 : to - from;
        _isWhole = pattern.Length == 1
            || pattern.AsSpan().IndexOfAny(Quoting) >= 0
            || (from >= 0 && pattern.AsSpan(from, _decimals).IndexOfAnyExcept('f') >= 0);
        _head = _isWhole ? pattern : Custom(from < 0 ? pattern : pattern[..from]);
        _tail = _isWhole || from < 0 ? "" : Custom(pattern[to..]);
        for (int i = _decimals; i < 7; i++) _ticksOfDecimal *= 10;
    }

    public void Write(ref Utf8Output output, DateTimeOffset time)
    {
        if (_isWhole)
        {
            WriteWhole(ref output, ToLocal(time));
            return;
        }
        (long second, long fraction) = Math.DivRem(time.UtcTicks, TimeSpan.TicksPerSecond);
        RenderedSecond last = Volatile.Read(ref _last);
        if (last.Second != second)
        {
            DateTimeOffset local = ToLocal(new DateTimeOffset(second * TimeSpan.TicksPerSecond, TimeSpan.Zero));
            last = new RenderedSecond(second, Bytes(local, _head), Bytes(local, _tail));
            Volatile.Write(ref _last, last);
        }
        output.Write(last.Head);
        if (_decimals > 0) output.WriteDigits((int)fraction / _ticksOfDecimal, _decimals);
        output.Write(last.Tail);
    }

    private void WriteWhole(ref Utf8Output output, DateTimeOffset local)
    {
        int written;
        int size = 64;
        while (!local.TryFormat(output.Room(size), out written, _head, CultureInfo.InvariantCulture)) size *= 2;
        output.Advance(written);
    }

    // .NET treats a single character as the name of a standard pattern.
    private static string Custom(string piece) => piece.Length == 1 ? "%" + piece : piece;

    private static byte[] Bytes(DateTimeOffset local, string piece) =>
        piece.Length == 0 ? [] : System.Text.Encoding.UTF8.GetBytes(local.ToString(piece, CultureInfo.InvariantCulture));

    // Local times outside the years 1 to 9999 are clamped; an offset is written in whole minutes.
    private DateTimeOffset ToLocal(DateTimeOffset time)
    {
        long offset = _zone.GetUtcOffset(Instant.FromDateTimeOffset(time)).Ticks;
        long minutes = offset / TimeSpan.TicksPerMinute;
        long inYears = Math.Clamp(time.UtcTicks + offset, Math.Max(0, minutes * TimeSpan.TicksPerMinute), DateTime.MaxValue.Ticks + Math.Min(0, minutes * TimeSpan.TicksPerMinute));
        return new DateTimeOffset(inYears, TimeSpan.FromMinutes(minutes));
    }
}

/// <summary>The date names of log4net and the patterns that they stand for.</summary>
internal static class PatternDate
{
    private const string Iso8601 = "yyyy-MM-dd HH:mm:ss,fff";

    /// <summary>The date pattern of an option: a log4net name, none, or a .NET date pattern.</summary>
    public static string PatternOf(string? option) => option switch
    {
        null or "" or "ISO8601" => Iso8601,
        "ABSOLUTE" => "HH:mm:ss,fff",
        "DATE" => "dd MMM yyyy HH:mm:ss,fff",
        string pattern => pattern,
    };
}
