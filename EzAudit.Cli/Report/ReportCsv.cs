using System.Globalization;
using EzAudit.Cli.Output;

namespace EzAudit.Cli.Report;

/// <summary>Writes a report as CSV: all sections have the same columns, and the first column names the section.</summary>
internal static class ReportCsv
{
    public static void Write(AuditReport report, int limit, Terminal terminal)
    {
        CsvText.Write(terminal, "section", "key", "records", "first", "last", "with");
        foreach (ReportSection section in report.Sections)
        {
            foreach (ReportRow row in section.Rows.Take(section.IsHistogram ? int.MaxValue : limit))
            {
                string count = row.Count.ToString(CultureInfo.InvariantCulture);
                CsvText.Write(terminal, section.Name, row.Key, count, Time(row.First, report), Time(row.Last, report), row.Detail);
            }
        }
    }

    private static string Time(DateTimeOffset? time, AuditReport report) => time is { } known ? TimeForms.LocalWithOffset(known, report.Zone) : "";
}
