using NodaTime;

namespace EzAudit.Settings.Model;

/// <summary>Whether and how the log directory is sealed: <c>[SealSettings]</c>.</summary>
internal sealed record SealSettings
{
    /// <summary>The directory of the ledger in the log directory; no log file may be there.</summary>
    public const string LedgerDirectory = "ledger";

    public bool Enabled { get; init; }

    /// <summary>The directory of the keys, absolute; empty if it is not set, which is valid only while sealing is off.</summary>
    public string KeyDirectory { get; init; } = "";

    /// <summary>How many bytes one leaf may cover; 0: each record has a leaf of its own.</summary>
    public int LeafBytes { get; init; } = 16 << 10;

    /// <summary>How long a key is used before the next one replaces it.</summary>
    public Duration Epoch { get; init; } = Duration.FromMinutes(15);

    /// <summary>The NAMEs of anchor sections, in order.</summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    public Duration AnchorInterval { get; init; } = Duration.FromSeconds(60);

    /// <summary>The NAME of a signer section; <see langword="null"/>: the key in the key directory signs.</summary>
    public string? Signer { get; init; }

    /// <summary>The name of this ledger in its checkpoints, for a new ledger.</summary>
    public required string Origin { get; init; }
}
