namespace EzAudit.Records;

/// <summary>A problem in a log file, with its place.</summary>
/// <param name="File">The path of the log file.</param>
/// <param name="Offset">The offset of its first byte, from 0.</param>
/// <param name="Length">The number of bytes it covers.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Found">An excerpt for people: truncated, with control characters escaped.</param>
public sealed record AuditLogProblem(string File, long Offset, long Length, AuditLogProblemKind Kind, string Found)
{
    /// <summary>Whether results may be incomplete or wrong because of this, unlike after a write that was merely cut off.</summary>
    public bool LeavesDoubt => Kind is AuditLogProblemKind.Damage or AuditLogProblemKind.Unread or AuditLogProblemKind.UnknownFunction;

    /// <summary><c>FILE:@OFFSET: kind, N bytes: found ...</c>; without the offset if it concerns the whole file.</summary>
    public override string ToString() => Kind is AuditLogProblemKind.Unread or AuditLogProblemKind.UnknownFunction
        ? $"{File}: {Found}"
        : $"{File}:@{Offset}: {Kind}, {Length} bytes: found {Found}";
}

/// <summary>The kind of a problem in a log file, or of an uncertainty in a result.</summary>
public enum AuditLogProblemKind
{
    /// <summary>The file ends inside a record: its writer was interrupted, or is still writing.</summary>
    TornTail,

    /// <summary>A record ends in the middle, and another one follows.</summary>
    TornRecord,

    /// <summary>A record begins in the middle of a line of a torn one.</summary>
    GluedRecord,

    /// <summary>Bytes that belong to no record, such as a run of NULs after a power cut.</summary>
    Damage,

    /// <summary>A file, or the rest of one, could not be read, so the result lacks what it contains.</summary>
    Unread,

    /// <summary>Records do not name which of their file's functions they belong to, and the result depends on it.</summary>
    UnknownFunction,
}
