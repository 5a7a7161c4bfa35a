using System.Globalization;

namespace EzAudit.Records;

/// <summary>The records that an erasure would erase, as they were found. Immutable.</summary>
public sealed class AuditErasurePlan
{
    /// <summary>What was asked for.</summary>
    public required AuditQuery Query { get; init; }

    /// <summary>The files that contain such records.</summary>
    public IReadOnlyList<AuditErasableFile> Files { get; init; } = [];

    /// <summary>Matching records that are under a legal hold. They are not erased.</summary>
    public IReadOnlyList<AuditHeldRecords> Held { get; init; } = [];

    /// <summary>
    /// Files and parts of files that could not be searched or cannot be erased, and records of which it is uncertain whether they match. They may contain more of
    /// what was asked for.
    /// </summary>
    public IReadOnlyList<AuditLogProblem> Problems { get; init; } = [];

    /// <summary>Whether an earlier erasure was interrupted. The next one finishes it first.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>The number of records to erase.</summary>
    public long Records => Files.Sum(file => (long)file.Records.Count);
}

/// <summary>A file with records to erase. Immutable.</summary>
public sealed class AuditErasableFile
{
    /// <summary>The file.</summary>
    public required AuditLogFile File { get; init; }

    /// <summary>The records, in the order of the file.</summary>
    public required IReadOnlyList<AuditRecordPlace> Records { get; init; }

    /// <summary>Recognizes the file when it is renamed: device, inode, and the time it was created.</summary>
    internal (ulong Device, ulong Inode, long Created) Mark { get; init; }
}

/// <summary>Where a record is in its file.</summary>
/// <param name="Number">Its number in the file, from 1; only whole records count.</param>
/// <param name="Offset">The offset of its first byte, from 0; in a compressed file, of the decompressed text.</param>
/// <param name="Length">Its length in bytes, including its terminator.</param>
public readonly record struct AuditRecordPlace(long Number, long Offset, int Length);

/// <summary>Records of one file that a legal hold keeps. Immutable.</summary>
public sealed class AuditHeldRecords
{
    /// <summary>The name of the hold: NAME in <c>[Hold-NAME]</c>.</summary>
    public required string Hold { get; init; }

    /// <summary>The hold with its last day and its reason, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The path of the file.</summary>
    public required string File { get; init; }

    /// <summary>The numbers of the records in the file, from 1.</summary>
    public required IReadOnlyList<long> Records { get; init; }
}

/// <summary>An order that records must not be deleted, from a section <c>[Hold-NAME]</c> of audit.ini. Immutable.</summary>
public sealed record AuditLegalHold
{
    /// <summary>Stands for all functions.</summary>
    public const string AllFunctions = "*";

    /// <summary>The name of the section without <c>Hold-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The functions whose records are held; all if <see cref="AllFunctions"/> is among them.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>A record is held if it has one of these fields; if there are none, all records of the functions are held.</summary>
    public IReadOnlyList<AuditField> Fields { get; init; } = [];

    /// <summary>The last day of the hold; <see langword="null"/> if it lasts until the section is removed.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Why, for those who ask later.</summary>
    public required string Reason { get; init; }

    /// <summary>How messages name the hold.</summary>
    public override string ToString() =>
        $"the legal hold \"{Name}\", {(Until is { } last ? $"which lasts to the end of {last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "which lasts until its section is removed")} ({Reason})";
}

/// <summary>Who orders an erasure, and why. Both remain in the ledger and in the record <c>audit-erase</c>. Immutable.</summary>
public sealed class AuditErasureOrder
{
    /// <summary>Who orders it, such as <c>LOGIN:ID</c> of the user who runs the tool.</summary>
    public required string User { get; init; }

    /// <summary>Why, such as the number of the request. It should not name the person whose records are erased.</summary>
    public required string Reason { get; init; }
}

/// <summary>The result of an erasure. Immutable.</summary>
public sealed class AuditErased
{
    /// <summary>The number of records that were erased.</summary>
    public long Records { get; init; }

    /// <summary>The files that contained them, by their paths.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The number of matching records that were not erased because of a legal hold.</summary>
    public long Held { get; init; }

    /// <summary>The leaves of the ledgers that hold the orders, one for each sealed directory; empty without a ledger.</summary>
    public IReadOnlyList<long> Orders { get; init; } = [];

    /// <summary>Whether files were compressed or deleted since they were searched: another search may find the records elsewhere.</summary>
    public bool NeedsAnotherSearch { get; init; }

    /// <summary>Whether an earlier erasure, which had been interrupted, was finished first.</summary>
    public bool HasFinishedEarlier { get; init; }

    /// <summary>What was not erased although it was asked for, and why.</summary>
    public IReadOnlyList<AuditLogProblem> Problems { get; init; } = [];
}
