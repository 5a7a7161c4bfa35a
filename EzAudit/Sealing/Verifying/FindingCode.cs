using EzAudit.Records;

namespace EzAudit.Sealing.Verifying;

/// <summary>The codes of findings, as docs/ledger.md lists them.</summary>
internal static class FindingCode
{
    public const string LedgerDamaged = "ledger-damaged";
    public const string Sequence = "sequence";
    public const string CheckpointRoot = "checkpoint-root";
    public const string CheckpointSignature = "checkpoint-signature";
    public const string CheckpointMissing = "checkpoint-missing";
    public const string CheckpointFile = "checkpoint-file";
    public const string TrustRoot = "trust-root";
    public const string Hint = "hint";
    public const string Extent = "extent";
    public const string MissingFile = "missing-file";
    public const string Shortened = "shortened";
    public const string Erasure = "erasure";
    public const string Anchor = "anchor";
    public const string Rollback = "rollback";

    public const string Lost = "lost";
    public const string Adopted = "adopted";
    public const string Torn = "torn";
    public const string Unattested = "unattested";
    public const string UnknownFile = "unknown-file";
    public const string Dropped = "dropped";
    public const string TornLedgerEnd = "torn-ledger-end";
    public const string Stale = "stale";

    public const string RowChanged = "row-changed";
    public const string RowColumn = "row-column";
    public const string RowAdded = "row-added";
    public const string RowMissing = "row-missing";
    public const string RowUnverified = "row-unverified";
    public const string RowErased = "row-erased";
    public const string RowPending = "row-pending";
    public const string RowUnsent = "row-unsent";
    public const string RowFormat = "row-format";

    public const string Erased = "erased";
    public const string Base = "base";
    public const string Pending = "pending";
    public const string ClockBack = "clock-back";
    public const string NotStopped = "not-stopped";
    public const string TornLine = "torn-line";

    public static AuditFindingSeverity SeverityOf(string code) => code switch
    {
        Lost or Adopted or Torn or Unattested or UnknownFile or Dropped or TornLedgerEnd or Stale or RowMissing or RowUnverified => AuditFindingSeverity.Incomplete,
        Erased or Base or Pending or ClockBack or NotStopped or TornLine or RowErased or RowPending or RowUnsent or RowFormat => AuditFindingSeverity.Note,
        _ => AuditFindingSeverity.Tampered,
    };
}
