using System.Globalization;
using EzAudit.Records;
using NodaTime;
using NodaTime.Text;

namespace EzAudit.Cli.Report;

/// <summary>The histograms. They include periods without records, so that the time axis has no gaps.</summary>
internal static class TimeSections
{
    // Years of empty days tell the reader nothing.
    private const int MaxFilledDays = 400;
    private const int HourAt = 11;
    private const int HoursOfDay = 24;

    public static ReportSection Days(IReadOnlyList<AuditGroup> groups)
    {
        var counts = groups.ToDictionary(group => group.Keys[0]!, group => group.Count, StringComparer.Ordinal);
        string[] days = [.. counts.Keys.Order(StringComparer.Ordinal)];
        if (days.Length > 1)
        {
            LocalDate first = LocalDatePattern.Iso.Parse(days[0]).Value;
            int length = Period.DaysBetween(first, LocalDatePattern.Iso.Parse(days[^1]).Value) + 1;
            if (length <= MaxFilledDays) days = [.. Enumerable.Range(0, length).Select(day => LocalDatePattern.Iso.Format(first.PlusDays(day)))];
        }
        return new ReportSection(ReportKind.Days, "Days", "Day", [.. days.Select(day => new ReportRow(day, counts.GetValueOrDefault(day)))], IsHistogram: true);
    }

    public static ReportSection Hours(IReadOnlyList<AuditGroup> groups)
    {
        var counts = new long[HoursOfDay];
        foreach (AuditGroup group in groups) counts[int.Parse(group.Keys[0].AsSpan(HourAt, 2), NumberStyles.None, CultureInfo.InvariantCulture)] += group.Count;
        IEnumerable<ReportRow> rows = counts.Select((count, hour) => new ReportRow(hour.ToString("00", CultureInfo.InvariantCulture), count));
        return new ReportSection(ReportKind.Hours, "Hours of the day", "Hour", groups.Count == 0 ? [] : [.. rows], IsHistogram: true);
    }
}
