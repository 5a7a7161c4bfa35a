namespace EzAudit.Records;

/// <summary>The result of recovering a fallback file. Immutable.</summary>
public sealed class AuditRecovered
{
    /// <summary>The fallback file.</summary>
    public required AuditFallbackFile File { get; init; }

    /// <summary>The number of its records appended to the log file by this recovery.</summary>
    public long Records { get; init; }

    /// <summary>The parts that are not complete records. They remain in the kept files.</summary>
    public IReadOnlyList<AuditLogProblem> Problems { get; init; } = [];

    /// <summary>The files kept because of a problem in them; the others were deleted.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];
}

/// <summary>A file that took records while another target could not, together with its rotated files. Immutable; compared by value.</summary>
public sealed record AuditFallbackFile
{
    /// <summary>Its path.</summary>
    public required string Path { get; init; }

    /// <summary>The path of the log file that its records belong to.</summary>
    public required string LogFile { get; init; }

    /// <summary>The size of it and its rotated files, in bytes.</summary>
    public long Length { get; init; }
}

/// <summary>The records that the receiver of a target refused for good. Immutable; compared by value.</summary>
public sealed record AuditDeadLetterFile
{
    /// <summary>The name of the target.</summary>
    public required string Target { get; init; }

    /// <summary>The path of the file, <c>DEADLETTER</c> in the spool directory of the target. Each line is one record in JSON, with its id and the reason.</summary>
    public required string Path { get; init; }

    /// <summary>The number of records in it.</summary>
    public required long Records { get; init; }
}
