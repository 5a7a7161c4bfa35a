namespace EzAudit.Records;

/// <summary>What is wrong with bytes of a log file that are no whole record.</summary>
public enum AuditLogProblemKind
{
    /// <summary>The file ends inside a record: its writer was stopped, or is still writing.</summary>
    TornTail,

    /// <summary>A record stops in the middle and another one follows.</summary>
    TornRecord,

    /// <summary>A record begins in the middle of a torn one's line.</summary>
    GluedRecord,

    /// <summary>Bytes that belong to no record, such as a run of NULs after a power cut.</summary>
    Damage,
}
