namespace EzAudit.Records;

/// <summary>A problem in a log file, with its place. Immutable; compared by value.</summary>
public sealed record AuditLogProblem
{
    /// <summary>Initializes a problem.</summary>
    /// <param name="file">The path of the log file.</param>
    /// <param name="offset">The offset of its first byte, from 0.</param>
    /// <param name="length">The number of bytes it covers.</param>
    /// <param name="kind">What is wrong.</param>
    /// <param name="found">An excerpt for people: truncated, with control characters escaped.</param>
    public AuditLogProblem(string file, long offset, long length, AuditLogProblemKind kind, string found)
    {
        File = file;
        Offset = offset;
        Length = length;
        Kind = kind;
        Found = found;
    }

    /// <summary>The path of the log file.</summary>
    public string File { get; init; }

    /// <summary>The offset of its first byte, from 0; in a compressed file, of the decompressed text.</summary>
    public long Offset { get; init; }

    /// <summary>The number of bytes it covers.</summary>
    public long Length { get; init; }

    /// <summary>What is wrong.</summary>
    public AuditLogProblemKind Kind { get; init; }

    /// <summary>An excerpt for people: truncated, with control characters escaped.</summary>
    public string Found { get; init; }

    /// <summary>Whether results may be incomplete or wrong because of this, unlike after a write that was merely cut off.</summary>
    public bool LeavesDoubt => Kind is AuditLogProblemKind.Damage or AuditLogProblemKind.Unread or AuditLogProblemKind.UnknownFunction;

    /// <summary><c>FILE:@OFFSET: kind, N bytes: found ...</c>; without the offset if it concerns the whole file.</summary>
    public override string ToString() => Kind is AuditLogProblemKind.Unread or AuditLogProblemKind.UnknownFunction or AuditLogProblemKind.Unverified
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

    /// <summary>Records were left out because the ledger does not vouch for them, and only verified ones were asked for.</summary>
    Unverified,
}
