using System.Collections;
using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace EzAudit.Records;

/// <summary>Converts a caller's object to the text of a field. This runs the caller's code, which may throw, or enumerate without end.</summary>
internal static class ValueText
{
    private const int MaxItems = 1000;
    private const int MaxDepth = 4;

    /// <param name="value">The object.</param>
    /// <param name="failed">Whether the object's own code threw; the text then names its type.</param>
    public static string Of(object? value, out bool failed)
    {
        failed = false;
        try
        {
            int itemsLeft = MaxItems;
            return Of(value, 0, ref itemsLeft);
        }
        catch (Exception) when (value is not null)
        {
            // A record without this text is better than no record. The writer counts such failures.
            failed = true;
            return $"[error: {value.GetType().Name}]";
        }
    }

    private static string Of(object? value, int depth, ref int itemsLeft) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        Enum name => name.ToString(),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        Instant instant => InstantPattern.ExtendedIso.Format(instant),
        LocalDate date => LocalDatePattern.Iso.Format(date),
        LocalTime time => LocalTimePattern.ExtendedIso.Format(time),
        LocalDateTime time => LocalDateTimePattern.ExtendedIso.Format(time),
        OffsetDateTime time => OffsetDateTimePattern.ExtendedIso.Format(time),
        ZonedDateTime time => ZonedDateTimePattern.ExtendedFormatOnlyIso.Format(time),
        Duration duration => DurationPattern.Roundtrip.Format(duration),
        Period period => PeriodPattern.Roundtrip.Format(period),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture) ?? "",
        IEnumerable items => Join(items, depth, ref itemsLeft),
        _ => value.ToString() ?? "",
    };

    // Bounded in length and depth, because a sequence may be endless or contain itself. Items of all depths share one limit: a list that contains itself
    // 1000 times would otherwise have 1000^4 items.
    private static string Join(IEnumerable items, int depth, ref int itemsLeft)
    {
        if (depth == MaxDepth) return "...";
        var text = new StringBuilder();
        string separator = "";
        foreach (object? item in items)
        {
            text.Append(separator);
            separator = ", ";
            if (itemsLeft == 0) return text.Append("...").ToString();
            itemsLeft--;
            text.Append(Of(item, depth + 1, ref itemsLeft));
        }
        return text.ToString();
    }
}
