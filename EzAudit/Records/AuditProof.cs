namespace EzAudit.Records;

/// <summary>What the proof of a record proves. Immutable.</summary>
public sealed record AuditProof
{
    /// <summary>Whether the proof is valid: a trusted key vouches for the record.</summary>
    public bool IsValid => Problem is null;

    /// <summary>What is wrong with the proof; <see langword="null"/> if it is valid. Then the other properties say what it proves.</summary>
    public string? Problem { get; init; }

    /// <summary>The name under which the log file became known, relative to the log directory.</summary>
    public string? File { get; init; }

    /// <summary>The offset of the record's first byte in the file.</summary>
    public long Offset { get; init; }

    /// <summary>The bytes of the record, with its terminator.</summary>
    public ReadOnlyMemory<byte> Record { get; init; }

    /// <summary>The index of the leaf that vouches for it.</summary>
    public long Leaf { get; init; }

    /// <summary>The time of the leaf, in UTC: a moment after the record was written.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The checkpoint that covers the leaf, as a signed note.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The name of the ledger.</summary>
    public string? Origin { get; init; }

    /// <summary>The trusted key that vouches for it, by itself or through its successors.</summary>
    public string? TrustedKey { get; init; }
}
