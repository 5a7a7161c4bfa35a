using System.Globalization;
using EzAudit.Cli.Output;

namespace EzAudit.Cli.Report;

/// <summary>Writes a report for a terminal, or as plain columns.</summary>
internal static class ReportText
{
    public static void Write(AuditReport report, int limit, Terminal terminal)
    {
        terminal.WriteLine($"{Number(report.Count)} record{(report.Count == 1 ? "" : "s")}{Span(report)}");
        foreach (ReportSection section in report.Sections.Where(section => section.Rows.Count > 0))
        {
            terminal.WriteLine("");
            terminal.WriteLine(section.Title);
            TableOf(section, report, section.IsHistogram ? int.MaxValue : limit, terminal).PrintTo(terminal);
            int left = section.IsHistogram ? 0 : section.Rows.Count - limit;
            if (left > 0) terminal.WriteLine($"and {Number(left)} more; -n shows them");
        }
    }

    private static TextTable TableOf(ReportSection section, AuditReport report, int limit, Terminal terminal)
    {
        if (section.IsHistogram)
        {
            var histogram = new TextTable(section.KeyHead, "#Records", "");
            foreach (ReportRow row in section.Rows) histogram.Add(row.Key, Number(row.Count), Bars.Of(row.Count, section.Largest, !terminal.HasColor));
            return histogram;
        }
        bool hasDetail = section.Rows.Any(row => row.Detail.Length > 0);
        string[] detail = hasDetail ? ["With"] : [];
        var table = new TextTable([section.KeyHead, "#Records", "First", "Last", .. detail]);
        foreach (ReportRow row in section.Rows.Take(limit))
        {
            string[] with = hasDetail ? [row.Detail] : [];
            table.Add([row.Key, Number(row.Count), Time(row.First, report), Time(row.Last, report), .. with]);
        }
        return table;
    }

    private static string Span(AuditReport report) =>
        report.First is null ? "" : $", from {Time(report.First, report)} to {Time(report.Last, report)} ({report.Zone.Id})";

    private static string Time(DateTimeOffset? time, AuditReport report) => time is { } known ? TimeForms.Local(known, report.Zone) : "";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
