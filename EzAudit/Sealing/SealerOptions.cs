using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing;

/// <summary>How a log directory is sealed, and who is told about it.</summary>
internal sealed record SealerOptions
{
    /// <summary>How many bytes a leaf may cover, unless one record is longer; 0: one record.</summary>
    public int LeafBytes { get; init; } = 16 << 10;

    /// <summary>The length from which a segment of the ledger is full, and another one begins.</summary>
    public required long SegmentBytes { get; init; }

    /// <summary>How long a key signs before the next one replaces it.</summary>
    public TimeSpan Epoch { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The name of a new ledger in its checkpoints.</summary>
    public required string Origin { get; init; }

    /// <summary>Whether a key that is missing is replaced with a new trust root; else the ledger is not signed.</summary>
    public bool CreatesRoots { get; init; } = true;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>Keeps the newest checkpoint where others cannot write; the sealer disposes it.</summary>
    public LocalAnchor? LocalAnchor { get; init; }

    /// <summary>Is told of a problem that an operator should know of.</summary>
    public Action<string> Report { get; init; } = static _ => { };

    /// <summary>Is told that somebody interfered with log files, ledger or key.</summary>
    public Action<string> Tampered { get; init; } = static _ => { };

    /// <summary>Is told the verification key of a new trust root.</summary>
    public Action<VerificationKey> RootCreated { get; init; } = static _ => { };

    /// <summary>Is given each new checkpoint.</summary>
    public Action<SignedCheckpoint> Publish { get; init; } = static _ => { };
}

/// <summary>What it takes to write to a ledger and to sign it.</summary>
internal sealed record SealTools(Keys.SealSigner Signer, SealerOptions Options);
