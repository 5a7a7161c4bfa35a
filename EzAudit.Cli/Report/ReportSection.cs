namespace EzAudit.Cli.Report;

/// <summary>A section of a report: records counted by one key.</summary>
/// <param name="Name">The name for programs.</param>
/// <param name="Title">The title for people.</param>
/// <param name="KeyHead">The heading of the key column.</param>
/// <param name="Rows">The counts, the largest first or in order of time.</param>
/// <param name="IsHistogram">Whether the rows are in order of time, one for each period.</param>
internal sealed record ReportSection(string Name, string Title, string KeyHead, IReadOnlyList<ReportRow> Rows, bool IsHistogram = false)
{
    public long Largest => Rows.Select(row => row.Count).DefaultIfEmpty().Max();
}
