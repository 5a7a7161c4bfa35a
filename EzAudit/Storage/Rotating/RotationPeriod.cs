using System.Globalization;
using EzAudit.Settings.Model;
using NodaTime;
using NodaTime.TimeZones;

namespace EzAudit.Storage.Rotating;

/// <summary>A period of calendar time whose records share a file.</summary>
/// <param name="End">The first instant after the period.</param>
/// <param name="Date">The date in the names of rotated files: the first day, with the hour for hourly rotation.</param>
internal readonly record struct RotationPeriod(Instant End, string Date)
{
    // An hour that occurs twice when clocks change is one period; a skipped beginning becomes the first valid time after it.
    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    // A clock may be wrong by millennia; that must not fail.
    private static readonly Instant Earliest = Instant.FromUtc(1, 2, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9999, 11, 1, 0, 0);

    /// <summary>The period of an instant; endless if rotation by time is off.</summary>
    public static RotationPeriod Of(Instant instant, RotationInterval interval, DateTimeZone zone)
    {
        LocalDateTime local = Instant.Min(Instant.Max(instant, Earliest), Latest).InZone(zone).LocalDateTime;
        LocalDate day = local.Date;
        LocalDate monday = day.PlusDays(1).Previous(IsoDayOfWeek.Monday);
        LocalDate first = new(day.Year, day.Month, 1);
        return interval switch
        {
            RotationInterval.Hourly => new(Begin(day.At(new LocalTime(local.Hour, 0)).PlusHours(1), zone), Text(day) + local.Hour.ToString("-00", CultureInfo.InvariantCulture)),
            RotationInterval.Daily => new(Begin(day.PlusDays(1).AtMidnight(), zone), Text(day)),
            RotationInterval.Weekly => new(Begin(monday.PlusWeeks(1).AtMidnight(), zone), Text(monday)),
            RotationInterval.Monthly => new(Begin(first.PlusMonths(1).AtMidnight(), zone), Text(first)),
            _ => new(Instant.MaxValue, Text(day)),
        };
    }

    private static Instant Begin(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, Resolver).ToInstant();

    private static string Text(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
