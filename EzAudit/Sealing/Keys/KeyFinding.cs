namespace EzAudit.Sealing.Keys;

/// <summary>What a signer holds, compared with what the ledger expects.</summary>
/// <param name="State">Whether the key can sign.</param>
/// <param name="Found">The key that was found; <see langword="null"/> if there is none.</param>
/// <param name="Problem">What an operator must know, with its place; empty if nothing is wrong.</param>
internal sealed record KeyFinding(KeyState State, EpochKey? Found, string Problem);

/// <summary>The state of a key.</summary>
internal enum KeyState
{
    /// <summary>It is the current key of the ledger.</summary>
    Ready,

    /// <summary>It is of epoch 0, and the ledger does not know it: it becomes the ledger's new trust root.</summary>
    Root,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>Its file is damaged.</summary>
    Damaged,

    /// <summary>It is of a later epoch than the ledger's: the ledger was rolled back or deleted.</summary>
    Newer,

    /// <summary>It is another key than the ledger's, such as one from a backup.</summary>
    Replaced,

    /// <summary>It may be there, but must not or cannot be read. Nothing may take its place: an operator has to look.</summary>
    Unreadable,
}
