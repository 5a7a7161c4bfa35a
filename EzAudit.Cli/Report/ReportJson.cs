using EzAudit.Cli.Output;

namespace EzAudit.Cli.Report;

/// <summary>A report as one JSON object.</summary>
internal static class ReportJson
{
    public static string Of(AuditReport report, int limit)
    {
        var json = new JsonLine();
        json.Open('{')
            .Property("records", report.Count)
            .Property("first", Time(report.First)).Property("last", Time(report.Last))
            .Property("timeZone", report.Zone.Id)
            .Name("sections").Open('{');
        foreach (ReportSection section in report.Sections)
        {
            json.Name(section.Name).Open('[');
            foreach (ReportRow row in section.Rows.Take(section.IsHistogram ? int.MaxValue : limit)) Add(json, row);
            json.Close(']');
        }
        return json.Close('}').Close('}').ToString();
    }

    private static void Add(JsonLine json, ReportRow row)
    {
        json.Open('{').Property("key", row.Key).Property("records", row.Count);
        if (row.First is not null) json.Property("first", Time(row.First)).Property("last", Time(row.Last));
        if (row.Detail.Length > 0) json.Property("with", row.Detail);
        json.Close('}');
    }

    private static string? Time(DateTimeOffset? time) => time is { } known ? TimeForms.Utc(known) : null;
}
