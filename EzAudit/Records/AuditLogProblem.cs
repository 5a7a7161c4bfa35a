namespace EzAudit.Records;

/// <summary>Something wrong in a log file, with its place.</summary>
/// <param name="File">The path of the log file.</param>
/// <param name="Offset">The offset of its first byte, from 0.</param>
/// <param name="Length">How many bytes it covers.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Found">What stands there, for people: control characters escaped, cut short.</param>
public sealed record AuditLogProblem(string File, long Offset, long Length, AuditLogProblemKind Kind, string Found)
{
    /// <summary>Whether records may be missing from the answer, or in it, because of this: more than a write that was cut off.</summary>
    public bool LeavesDoubt => Kind is AuditLogProblemKind.Damage or AuditLogProblemKind.Unread or AuditLogProblemKind.UnknownFunction;

    /// <summary><c>FILE:@OFFSET: kind, N bytes: found ...</c>; without the place for what concerns the whole file.</summary>
    public override string ToString() => Kind is AuditLogProblemKind.Unread or AuditLogProblemKind.UnknownFunction
        ? $"{File}: {Found}"
        : $"{File}:@{Offset}: {Kind}, {Length} bytes: found {Found}";
}

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
