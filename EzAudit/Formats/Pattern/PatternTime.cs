using System.Globalization;
using EzAudit.Formats.Output;
using NodaTime;

namespace EzAudit.Formats.Pattern;

/// <summary>Formats a time by one date pattern in the local time of one zone, in English in every culture.</summary>
/// <remarks>Optimized for speed: the text around the fraction is the same for a whole second. Measured by the benchmark of the formats.</remarks>
internal sealed class PatternTime
{
    // These can change the meaning of a split pattern; it is then formatted as a whole each time.
    private const string Quoting = "'\"\\%F";
    private const string Iso8601 = "yyyy-MM-dd HH:mm:ss,fff";

    private readonly DateTimeZone _zone;
    private readonly string _head;
    private readonly string _tail;
    private readonly int _decimals;
    private readonly int _ticksOfDecimal = 1;
    private readonly bool _isWhole;
    private readonly SecondCache<(byte[] Head, byte[] Tail)> _seconds;

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
        _seconds = new(RenderSecond);
    }

    /// <summary>The time for an option of a conversion: a name of log4net, none, or a date and time pattern of .NET.</summary>
    /// <exception cref="FormatException">.NET does not know the pattern.</exception>
    public static PatternTime OfOption(string? option, DateTimeZone zone) => new(
        option switch
        {
            null or "" or "ISO8601" => Iso8601,
            "ABSOLUTE" => "HH:mm:ss,fff",
            "DATE" => "dd MMM yyyy HH:mm:ss,fff",
            string pattern => pattern,
        },
        zone);

    public void Write(ref Utf8Output output, DateTimeOffset time)
    {
        if (_isWhole)
        {
            WriteWhole(ref output, ToLocal(time));
            return;
        }
        (long second, long fraction) = Math.DivRem(time.UtcTicks, TimeSpan.TicksPerSecond);
        (byte[] head, byte[] tail) = _seconds.Get(second);
        output.Write(head);
        if (_decimals > 0) output.WriteDigits((int)fraction / _ticksOfDecimal, _decimals);
        output.Write(tail);
    }

    private (byte[] Head, byte[] Tail) RenderSecond(long second)
    {
        DateTimeOffset local = ToLocal(new DateTimeOffset(second * TimeSpan.TicksPerSecond, TimeSpan.Zero));
        return (Bytes(local, _head), Bytes(local, _tail));
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
