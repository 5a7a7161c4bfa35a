namespace EzAudit.Cli.Report;

/// <summary>A line of a section: what was counted, how many, from when to when, and what else there is to say.</summary>
internal sealed record ReportRow(string Key, long Count, DateTimeOffset? First = null, DateTimeOffset? Last = null, string Detail = "");
