namespace EzAudit.Records;

/// <summary>The number of records in a log, in total and by group. Immutable.</summary>
public sealed class AuditSummary
{
    /// <summary>The number of records found.</summary>
    public long Count { get; init; }

    /// <summary>The earliest time; <see langword="null"/> if nothing was found.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The latest time; <see langword="null"/> if nothing was found.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The groups of each requested grouping: those with the most records first, then in ordinal order of their keys.</summary>
    public IReadOnlyList<IReadOnlyList<AuditGroup>> Groups { get; init; } = [];

    /// <summary>The problems in the parts of the files that were read, by file and offset.</summary>
    public IReadOnlyList<AuditLogProblem> Problems { get; init; } = [];
}

/// <summary>Records with equal keys. Immutable.</summary>
public sealed class AuditGroup
{
    /// <summary>The keys in the order of the grouping; <see langword="null"/> for one that the records do not have.</summary>
    public required IReadOnlyList<string?> Keys { get; init; }

    /// <summary>The number of records.</summary>
    public long Count { get; init; }

    /// <summary>The earliest of their times.</summary>
    public DateTimeOffset First { get; init; }

    /// <summary>The latest of their times.</summary>
    public DateTimeOffset Last { get; init; }
}
