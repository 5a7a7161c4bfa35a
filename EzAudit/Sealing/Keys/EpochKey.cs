using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Keys;

/// <summary>The public half of the key of one epoch. Compared by value.</summary>
/// <param name="Epoch">The number of the epoch: 0 for the key of a trust root.</param>
/// <param name="Key">The key; its name is the ledger's origin.</param>
internal sealed record EpochKey(long Epoch, VerificationKey Key)
{
    public override string ToString() => $"the key of epoch {Epoch} with the fingerprint {Key.Fingerprint}";
}
