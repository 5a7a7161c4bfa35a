namespace EzAudit.Extensibility;

/// <summary>A signed checkpoint of the ledger: how many leaves it had, and what they were. Immutable; compared by value.</summary>
public sealed record AuditCheckpoint
{
    /// <summary>The name of the ledger.</summary>
    public required string Origin { get; init; }

    /// <summary>The number of leaves.</summary>
    public required long Size { get; init; }

    /// <summary>The root of the Merkle tree of these leaves: 32 bytes in base64.</summary>
    public required string Root { get; init; }

    /// <summary>The checkpoint as a C2SP signed note: five lines, each with its line feed. Contains the signature.</summary>
    public required string Note { get; init; }

    /// <summary>The same on one line for logs, without a line feed: <c>ezaudit-checkpoint ORIGIN SIZE ROOT SIGNATURE</c>.</summary>
    public required string Line { get; init; }
}
