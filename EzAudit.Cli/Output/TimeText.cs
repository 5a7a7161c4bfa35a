using System.Globalization;
using NodaTime;

namespace EzAudit.Cli.Output;

/// <summary>Parses a time as people write it: <c>2 hours ago</c>, <c>yesterday 14:00</c>, <c>2026-11-22</c>, ISO 8601 or as in a log.</summary>
/// <param name="zone">The time zone of times without one.</param>
/// <param name="now">The current time.</param>
internal sealed class TimeText(DateTimeZone zone, Instant now)
{
    public const string Examples =
        "\"now\", \"2 hours ago\", \"yesterday\", \"today 14:00\", \"2026-11-22\", \"2026-11-22 14:00\" or \"2026-11-22T14:00:00+01:00\"";

    // No log is older, and the calendar has a limit.
    private const int MaxYears = 2000;
    private static readonly string[] ClockForms = ["H:mm", "H:mm:ss"];
    private static readonly string[] LocalForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "MMM dd yyyy HH:mm:ss",
    ];

    private static readonly string[] OffsetForms =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK",
    ];

    public bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        text = text.Trim();
        if (Find(text) is not { } instant || instant < NodaConstants.BclEpoch) return false;
        time = instant.ToDateTimeOffset();
        return true;
    }

    private Instant? Find(string text)
    {
        string[] words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        LocalDate today = now.InZone(zone).Date;
        return words switch
        {
            ["now"] => now,
            ["today", .. var rest] => OfDay(today, rest),
            ["yesterday", .. var rest] => OfDay(today.PlusDays(-1), rest),
            ["tomorrow", .. var rest] => OfDay(today.PlusDays(1), rest),
            [var clock] when TryClock(clock, out LocalTime time) => Local(today + time),
            [var count, var unit, "ago"] => Ago(count, unit),
            [var together, "ago"] => Ago(Number(together), together[Number(together).Length..]),
            _ => OfDate(text),
        };
    }

    private Instant? OfDay(LocalDate day, string[] rest) => rest switch
    {
        [] => Local(day.AtMidnight()),
        [var clock] when TryClock(clock, out LocalTime time) => Local(day + time),
        _ => null,
    };

    private Instant? OfDate(string text)
    {
        if (DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local) && local.Kind == DateTimeKind.Unspecified)
            return Local(LocalDateTime.FromDateTime(local));
        return DateTimeOffset.TryParseExact(text, OffsetForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset exact)
            ? Instant.FromDateTimeOffset(exact)
            : null;
    }

    private Instant? Ago(string count, string unit)
    {
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
        LocalDateTime local = now.InZone(zone).LocalDateTime;
        return unit switch
        {
            "s" or "sec" or "second" or "seconds" => now - Duration.FromSeconds(number),
            "min" or "minute" or "minutes" => now - Duration.FromMinutes(number),
            "h" or "hour" or "hours" when number < MaxYears * 366 * 24 => now - Duration.FromHours((double)number),
            "d" or "day" or "days" when number < MaxYears * 366 => Local(local.PlusDays(-number)),
            "w" or "week" or "weeks" when number < MaxYears * 53 => Local(local.PlusWeeks(-number)),
            "month" or "months" when number < MaxYears * 12 => Local(local.PlusMonths(-number)),
            "y" or "year" or "years" when number < MaxYears => Local(local.PlusYears(-number)),
            _ => null,
        };
    }

    // A time that the clocks skip becomes the one right after the gap; an ambiguous one becomes the earlier of the two.
    private Instant Local(LocalDateTime local) => zone.AtLeniently(local).ToInstant();

    private static bool TryClock(string text, out LocalTime time)
    {
        bool isClock = TimeOnly.TryParseExact(text, ClockForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly clock);
        time = LocalTime.FromTimeOnly(clock);
        return isClock;
    }

    private static string Number(string text) => text[..text.TakeWhile(char.IsAsciiDigit).Count()];
}
