namespace EzAudit.Cli.Report;

/// <summary>A part of a report: records counted by one thing.</summary>
/// <param name="Name">What machines call it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="KeyHead">By what it is counted.</param>
/// <param name="Rows">The counts: the largest first, or in order of time.</param>
/// <param name="IsHistogram">Whether its rows stand in order of time, one for each piece of it.</param>
internal sealed record ReportSection(string Name, string Title, string KeyHead, IReadOnlyList<ReportRow> Rows, bool IsHistogram = false)
{
    public long Largest => Rows.Select(row => row.Count).DefaultIfEmpty().Max();
}
