using System.Globalization;
using NodaTime;

namespace EzAudit.Cli.Output;

/// <summary>The time formats of the outputs.</summary>
internal static class TimeForms
{
    /// <summary>RFC 3339 in UTC with seven decimals, as in the json format.</summary>
    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>In a time zone, for people.</summary>
    public static string Local(DateTimeOffset time, DateTimeZone zone) => In(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>With the offset, for programs that need the time zone.</summary>
    public static string LocalWithOffset(DateTimeOffset time, DateTimeZone zone)
    {
        ZonedDateTime local = Instant.FromDateTimeOffset(time).InZone(zone);
        return local.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    public static DateTime In(DateTimeOffset time, DateTimeZone zone) => Instant.FromDateTimeOffset(time).InZone(zone).ToDateTimeUnspecified();
}
