using EzAudit.Formats.Output;
using NodaTime;
using NodaTime.TimeZones;

namespace EzAudit.Formats.Classic;

/// <summary>The time of a classic header, <c>May 23 2007 14:47:58</c>: local time in one zone, in English in every culture.</summary>
/// <remarks>
/// Optimized for speed: the last second written is cached, so most records copy 26 bytes; so is the last interval read, so the
/// zone is queried twice a year. Measured by the benchmarks of the classic format and read-back.
/// </remarks>
internal sealed class ClassicTime(DateTimeZone zone)
{
    /// <summary>The length of a time in bytes.</summary>
    public const int Length = 20;

    private readonly SecondCache<byte[]> _heads = new(second => Head(ToLocal(second * TimeSpan.TicksPerSecond, zone)));
    private OffsetInterval _interval = new(0, 0, 0);

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Writes the text before the address, <c>[ May 23 2007 14:47:58 ] [</c>. Local times outside the years 1 to 9999 are clamped.</summary>
    public ReadOnlySpan<byte> Head(DateTimeOffset time) => _heads.Get(time.UtcTicks / TimeSpan.TicksPerSecond);

    private static DateTime ToLocal(long utcTicks, DateTimeZone zone)
    {
        long offset = zone.GetUtcOffset(Instant.FromDateTimeUtc(new DateTime(utcTicks, DateTimeKind.Utc))).Ticks;
        return new DateTime(Math.Clamp(utcTicks + offset, 0, DateTime.MaxValue.Ticks));
    }

    private static byte[] Head(DateTime local)
    {
        byte[] bytes = "[ Mmm 00 0000 00:00:00 ] ["u8.ToArray();
        Months.Slice((local.Month - 1) * 3, 3).CopyTo(bytes.AsSpan(2));
        Digits(bytes.AsSpan(6, 2), local.Day);
        Digits(bytes.AsSpan(9, 4), local.Year);
        Digits(bytes.AsSpan(14, 2), local.Hour);
        Digits(bytes.AsSpan(17, 2), local.Minute);
        Digits(bytes.AsSpan(20, 2), local.Second);
        return bytes;
    }

    private static void Digits(Span<byte> bytes, int number)
    {
        for (int i = bytes.Length - 1; i >= 0; i--, number /= 10) bytes[i] = (byte)('0' + (number % 10));
    }

    /// <summary>The instant of a local time: the earlier one if it is ambiguous, shifted by the gap if it does not exist.</summary>
    public DateTimeOffset ToInstant(DateTime local) => new(ToUtcTicks(local), TimeSpan.Zero);

    /// <summary>The same in ticks since the year 1.</summary>
    public long ToUtcTicks(DateTime local)
    {
        OffsetInterval interval = Volatile.Read(ref _interval);
        if (local.Ticks < interval.From || local.Ticks >= interval.To)
        {
            interval = IntervalAround(local);
            Volatile.Write(ref _interval, interval);
        }
        return Math.Clamp(local.Ticks - interval.Offset, 0, DateTime.MaxValue.Ticks);
    }

    // An ambiguous time uses the earlier interval, a skipped time the offset before the gap.
    private OffsetInterval IntervalAround(DateTime local)
    {
        // NodaTime throws if the instant would be outside its range of years.
        if (local.Year is 1 or 9999)
        {
            long offset = zone.GetUtcOffset(Instant.FromDateTimeUtc(DateTime.SpecifyKind(local, DateTimeKind.Utc))).Ticks;
            return new OffsetInterval(local.Ticks, local.Ticks + 1, offset);
        }
        ZoneLocalMapping mapping = zone.MapLocal(LocalDateTime.FromDateTime(local));
        ZoneInterval early = mapping.EarlyInterval;
        ZoneInterval late = mapping.LateInterval;
        (long from, long to) = mapping.Count switch
        {
            0 => (EndOf(early), StartOf(late)),
            2 => (StartOf(late), EndOf(early)),
            _ => (Math.Max(StartOf(early), early.HasStart ? EndOf(zone.GetZoneInterval(early.Start - Duration.Epsilon)) : 0), EndOf(early)),
        };
        return new OffsetInterval(from, to, early.WallOffset.Ticks);
    }

    // The years 1 and 9999 are excluded.
    private static long StartOf(ZoneInterval interval) => interval.HasStart ? Ticks(interval.IsoLocalStart) : Ticks(new LocalDateTime(2, 1, 1, 0, 0));

    private static long EndOf(ZoneInterval interval) => interval.HasEnd ? Ticks(interval.IsoLocalEnd) : Ticks(new LocalDateTime(9999, 1, 1, 0, 0));

    private static long Ticks(LocalDateTime time) => time.ToDateTimeUnspecified().Ticks;

    /// <summary>Reads 20 bytes; false for anything but a valid time.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DateTime local)
    {
        local = default;
        if (bytes.Length != Length || bytes[3] != ' ' || bytes[6] != ' ' || bytes[11] != ' ' || bytes[14] != ':' || bytes[17] != ':')
            return false;
        int month = MonthOf(bytes);
        uint day = TwoDigits(bytes, 4);
        uint century = TwoDigits(bytes, 7);
        uint year = (century * 100) + TwoDigits(bytes, 9);
        uint hour = TwoDigits(bytes, 12);
        uint minute = TwoDigits(bytes, 15);
        uint second = TwoDigits(bytes, 18);
        if (month == 0 || century > 99 || year is 0 or > 9999 || hour > 23 || minute > 59 || second > 59) return false;
        if (day == 0 || day > DateTime.DaysInMonth((int)year, month)) return false;
        local = new DateTime((int)year, month, (int)day, (int)hour, (int)minute, (int)second);
        return true;
    }

    private static int MonthOf(ReadOnlySpan<byte> bytes) => ((bytes[0] << 16) | (bytes[1] << 8) | bytes[2]) switch
    {
        ('J' << 16) | ('a' << 8) | 'n' => 1,
        ('F' << 16) | ('e' << 8) | 'b' => 2,
        ('M' << 16) | ('a' << 8) | 'r' => 3,
        ('A' << 16) | ('p' << 8) | 'r' => 4,
        ('M' << 16) | ('a' << 8) | 'y' => 5,
        ('J' << 16) | ('u' << 8) | 'n' => 6,
        ('J' << 16) | ('u' << 8) | 'l' => 7,
        ('A' << 16) | ('u' << 8) | 'g' => 8,
        ('S' << 16) | ('e' << 8) | 'p' => 9,
        ('O' << 16) | ('c' << 8) | 't' => 10,
        ('N' << 16) | ('o' << 8) | 'v' => 11,
        ('D' << 16) | ('e' << 8) | 'c' => 12,
        _ => 0,
    };

    // Anything but two digits yields more than 99.
    private static uint TwoDigits(ReadOnlySpan<byte> bytes, int at)
    {
        uint tens = (uint)bytes[at] - '0';
        uint ones = (uint)bytes[at + 1] - '0';
        return tens > 9 || ones > 9 ? 10_000 : (tens * 10) + ones;
    }

    // An interval of local time, in ticks, with one offset from UTC, so that its local times become instants by subtraction.
    private sealed record OffsetInterval(long From, long To, long Offset);
}
