namespace EzAudit.Cli.Report;

/// <summary>A row of a section: what was counted, how many records, from when to when, and an optional detail.</summary>
internal sealed record ReportRow(string Key, long Count, DateTimeOffset? First = null, DateTimeOffset? Last = null, string Detail = "");
