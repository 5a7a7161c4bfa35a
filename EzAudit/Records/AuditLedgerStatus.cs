namespace EzAudit.Records;

/// <summary>The state of a ledger, as its end says. Nothing of it is verified. Immutable.</summary>
public sealed record AuditLedgerStatus
{
    /// <summary>The log directory, absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>The name of the ledger in its checkpoints; empty if it has no key yet.</summary>
    public required string Origin { get; init; }

    /// <summary>The number of leaves.</summary>
    public long Leaves { get; init; }

    /// <summary>The number of leaves that no checkpoint covers yet.</summary>
    public long PendingLeaves { get; init; }

    /// <summary>The number of log files that were not removed.</summary>
    public int Files { get; init; }

    /// <summary>The number of the current key: each key is used for one epoch.</summary>
    public long Epoch { get; init; }

    /// <summary>When the epoch began, in UTC.</summary>
    public DateTimeOffset EpochBegan { get; init; }

    /// <summary>The current verification key.</summary>
    public required string VerificationKey { get; init; }

    /// <summary>The SHA-256 of the current public key in hexadecimal groups of four digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The newest checkpoint as a signed note; <see langword="null"/> if there is none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The time of the newest leaf that the checkpoint covers, in UTC; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? CheckpointTime { get; init; }

    /// <summary>The time of the newest leaf, in UTC; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>What is obviously wrong with the end of the ledger.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
