using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing;

/// <summary>An extent that is hashed and waits for its line in the ledger.</summary>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Records">How many records end in it.</param>
/// <param name="Salt">The salt of its digest.</param>
/// <param name="Digest">The digest of salt and bytes.</param>
internal readonly record struct SealedLeaf(long Offset, int Length, int Records, Salt Salt, TreeHash Digest)
{
    /// <summary>Adds the line of the leaf.</summary>
    public void Write(LeafBatch batch, LeafKind kind, long file)
    {
        Span<byte> salt = stackalloc byte[Salt.Size];
        Salt.CopyTo(salt);
        batch.Begin(kind).Number(file).Number(Offset).Number(Length).Number(Records).Base64(salt).Hash(Digest).End();
    }
}
