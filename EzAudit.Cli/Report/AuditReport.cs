using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Report;

/// <summary>A report: the number of records, the time span they cover, and its sections.</summary>
internal sealed record AuditReport(
    string Title, long Count, DateTimeOffset? First, DateTimeOffset? Last, DateTimeZone Zone, IReadOnlyList<ReportSection> Sections, IReadOnlyList<AuditLogProblem> Problems);

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

/// <summary>A row of a section: what was counted, how many records, from when to when, and an optional detail.</summary>
internal sealed record ReportRow(string Key, long Count, DateTimeOffset? First = null, DateTimeOffset? Last = null, string Detail = "");

/// <summary>The kinds of report; <c>summary</c> covers everything.</summary>
internal static class ReportKind
{
    public const string Summary = "summary";
    public const string Logins = "logins";
    public const string FailedLogins = "failed-logins";
    public const string Actors = "actors";
    public const string Functions = "functions";
    public const string Addresses = "addresses";
    public const string Objects = "objects";
    public const string Outcomes = "outcomes";
    public const string Days = "days";
    public const string Hours = "hours";

    public static string[] All => [Summary, Logins, FailedLogins, Actors, Functions, Addresses, Objects, Outcomes, Days, Hours];
}
