using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Proving;

/// <summary>What a valid proof proves: these bytes were written to this file, at this place, and the ledger vouched for them.</summary>
internal sealed class ProvenRecord
{
    /// <summary>The name under which the log file became known, relative to the log directory; rotation may have changed it since.</summary>
    public required string FileName { get; init; }

    /// <summary>The number of the file in the ledger.</summary>
    public required long FileId { get; init; }

    /// <summary>Where the record begins in the file, in bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>The record with its terminator.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The index of the leaf that vouches for the record.</summary>
    public required long LeafIndex { get; init; }

    /// <summary>When the leaf was written, by the clock of the machine: microseconds since 1970, UTC.</summary>
    public required long Time { get; init; }

    /// <summary>The checkpoint whose tree has the leaf.</summary>
    public required SignedCheckpoint Checkpoint { get; init; }

    /// <summary>The key that signed the checkpoint.</summary>
    public required VerificationKey Signer { get; init; }

    /// <summary>The trusted key from which the proof leads to <see cref="Signer"/>.</summary>
    public required VerificationKey TrustRoot { get; init; }
}
