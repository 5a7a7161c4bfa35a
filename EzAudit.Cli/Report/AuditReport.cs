using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Report;

/// <summary>A report: how many records there are, from when to when, and its sections.</summary>
internal sealed record AuditReport(
    string Title, long Count, DateTimeOffset? First, DateTimeOffset? Last, DateTimeZone Zone, IReadOnlyList<ReportSection> Sections, IReadOnlyList<AuditLogProblem> Problems);
