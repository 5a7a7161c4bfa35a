namespace EzAudit.Records;

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

    /// <summary>Whether an earlier erasure, which had been interrupted, was finished first.</summary>
    public bool HasFinishedEarlier { get; init; }

    /// <summary>What was not erased although it was asked for, and why.</summary>
    public IReadOnlyList<AuditLogProblem> Problems { get; init; } = [];
}
