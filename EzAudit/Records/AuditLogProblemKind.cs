namespace EzAudit.Records;

/// <summary>What is wrong in a log file, or keeps an answer from being certain.</summary>
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

    /// <summary>A file, or the rest of one, that could not be read: what is in it is not among the answers.</summary>
    Unread,

    /// <summary>Records that do not say which of their file's functions they are of, where the answer depends on it.</summary>
    UnknownFunction,
}
