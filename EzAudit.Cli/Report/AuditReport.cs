using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Report;

/// <summary>A report: the number of records, the time span they cover, and its sections.</summary>
internal sealed record AuditReport(
    string Title, long Count, DateTimeOffset? First, DateTimeOffset? Last, DateTimeZone Zone, IReadOnlyList<ReportSection> Sections, IReadOnlyList<AuditLogProblem> Problems);
