namespace EzAudit.Records;

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
