using NodaTime;
using NodaTime.TimeZones;

namespace EzAudit.Formats.Classic;

/// <summary>An interval of local time with one offset, so that its local times become instants by subtraction.</summary>
/// <param name="From">Ticks of the first local time.</param>
/// <param name="To">Ticks just after the last local time.</param>
/// <param name="Offset">Ticks from UTC to the local time.</param>
internal sealed record OffsetInterval(long From, long To, long Offset)
{
    public static OffsetInterval None { get; } = new(0, 0, 0);

    public bool Contains(long localTicks) => localTicks >= From && localTicks < To;

    /// <summary>The interval around a local time; an ambiguous time uses the earlier one, a skipped time the offset before the gap.</summary>
    public static OffsetInterval Around(DateTime local, DateTimeZone zone)
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
}
