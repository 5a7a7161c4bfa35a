using EzAudit.Records;

namespace EzAudit.PostgreSql.Verifying;

/// <summary>The codes of findings that only the store can have, as docs/central.md lists them.</summary>
internal static class StoreFindings
{
    public const string RowRemoved = "row-removed";
    public const string RowRepeated = "row-repeated";
    public const string RowColumn = "row-column";
    public const string RowLost = "row-lost";
    public const string RowUnplaced = "row-unplaced";
    public const string RunEmpty = "run-empty";
    public const string RowUnsealed = "row-unsealed";
    public const string RowElsewhere = "row-elsewhere";
    public const string RowDefault = "row-default";
    public const string MonthDropped = "month-dropped";

    public static AuditFinding Of(string code, string problem) => new()
    {
        Code = code,
        Problem = problem,
        Severity = code switch
        {
            RowRemoved or RowRepeated => AuditFindingSeverity.Tampered,
            RowColumn or RowLost or RowUnplaced or RunEmpty => AuditFindingSeverity.Incomplete,
            _ => AuditFindingSeverity.Note,
        },
    };

    /// <summary>The same verification with further findings.</summary>
    public static AuditVerification Add(AuditVerification verification, IEnumerable<AuditFinding> findings)
    {
        AuditFinding[] all = [.. verification.Findings, .. findings];
        AuditVerificationResult result = all.Select(finding => finding.Severity).DefaultIfEmpty().Max() switch
        {
            AuditFindingSeverity.Tampered => AuditVerificationResult.Tampered,
            AuditFindingSeverity.Incomplete => AuditVerificationResult.Incomplete,
            _ => AuditVerificationResult.Intact,
        };
        return verification with { Findings = all, Result = result };
    }
}
