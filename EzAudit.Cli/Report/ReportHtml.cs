using System.Globalization;
using System.Net;
using System.Text;
using EzAudit.Cli.Output;
using EzAudit.Records;

namespace EzAudit.Cli.Report;

/// <summary>A report as one self-contained HTML file: inline SVG charts, no scripts, light or dark as the reader prefers.</summary>
internal sealed class ReportHtml(AuditReport report, int limit)
{
    private readonly StringBuilder _html = new();

    public override string ToString()
    {
        _html.Clear();
        _html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        _html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // Even if a text were ever left unencoded, it could load and run nothing.
        _html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        _html.Append("<title>Audit report</title>\n<style>").Append(ReportStyle.Text).Append("</style>\n</head>\n<body>\n<main>\n");
        WriteHead();
        foreach (ReportSection section in report.Sections.Where(section => section.IsHistogram && section.Rows.Count > 0)) WriteHistogram(section);
        _html.Append("<div class=\"sections\">\n");
        foreach (ReportSection section in report.Sections.Where(section => !section.IsHistogram && section.Rows.Count > 0)) WriteTable(section);
        _html.Append("</div>\n");
        WriteProblems();
        return _html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private void WriteHead()
    {
        _html.Append("<header>\n<h1>Audit report</h1>\n<p>");
        _html.Append(report.First is null ? "No records." : Encode($"{Time(report.First)} to {Time(report.Last)}, {report.Zone.Id}"));
        _html.Append("</p>\n</header>\n<dl class=\"tiles\">\n");
        WriteTile("Records", report.Count, false);
        foreach (ReportSection section in report.Sections.Where(section => section.Name is ReportKind.Functions or ReportKind.Actors or ReportKind.Addresses))
            WriteTile(section.Title, section.Rows.Count, false);
        if (report.Sections.FirstOrDefault(section => section.Name == ReportKind.FailedLogins) is { } failed)
            WriteTile("Failed logins", failed.Rows.Sum(row => row.Count), failed.Rows.Count > 0);
        if (report.Problems.Count > 0) WriteTile("Problems in files", report.Problems.Count, true);
        _html.Append("</dl>\n");
    }

    private void WriteTile(string name, long number, bool isBad) =>
        _html.Append($"<div{(isBad ? " class=\"bad\"" : "")}><dt>{Encode(name)}</dt><dd>{Number(number)}</dd></div>\n");

    private void WriteHistogram(ReportSection section)
    {
        _html.Append($"<section>\n<h2>{Encode(section.Title)}</h2>\n");
        _html.Append(ReportChart.Columns(section));
        _html.Append($"<details>\n<summary>{Encode(ReportChart.Most(section))}; all as a table</summary>\n<table>\n");
        _html.Append($"<thead><tr><th scope=\"col\">{Encode(section.KeyHead)}</th><th scope=\"col\" class=\"n\">Records</th></tr></thead>\n<tbody>\n");
        foreach (ReportRow row in section.Rows) _html.Append($"<tr><td class=\"key\">{Encode(row.Key)}</td><td class=\"n\">{Number(row.Count)}</td></tr>\n");
        _html.Append("</tbody>\n</table>\n</details>\n</section>\n");
    }

    private void WriteTable(ReportSection section)
    {
        bool hasDetail = section.Rows.Any(row => row.Detail.Length > 0);
        _html.Append($"<section>\n<h2>{Encode(section.Title)}</h2>\n<table>\n<thead><tr><th scope=\"col\">{Encode(section.KeyHead)}</th><th scope=\"col\" class=\"n\">Records</th><td></td><th scope=\"col\">First</th><th scope=\"col\">Last</th>");
        _html.Append(hasDetail ? "<th scope=\"col\">With</th></tr></thead>\n<tbody>\n" : "</tr></thead>\n<tbody>\n");
        foreach (ReportRow row in section.Rows.Take(limit))
        {
            _html.Append($"<tr><td class=\"key\">{Encode(row.Key)}</td><td class=\"n\">{Number(row.Count)}</td><td>{ReportChart.Bar(row.Count, section.Largest)}</td>");
            _html.Append($"<td class=\"t\">{Encode(Time(row.First))}</td><td class=\"t\">{Encode(Time(row.Last))}</td>");
            _html.Append(hasDetail ? $"<td>{Encode(row.Detail)}</td></tr>\n" : "</tr>\n");
        }
        _html.Append("</tbody>\n</table>\n");
        if (section.Rows.Count > limit) _html.Append($"<p>and {Number(section.Rows.Count - limit)} more</p>\n");
        _html.Append("</section>\n");
    }

    private void WriteProblems()
    {
        if (report.Problems.Count == 0) return;
        _html.Append("<section>\n<h2>Problems in files</h2>\n<ul>\n");
        foreach (AuditLogProblem problem in report.Problems.Take(limit)) _html.Append($"<li>{Encode(problem.ToString())}</li>\n");
        _html.Append("</ul>\n</section>\n");
    }

    public static string Encode(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));

    private string Time(DateTimeOffset? time) => time is { } known ? TimeForms.Local(known, report.Zone) : "";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
