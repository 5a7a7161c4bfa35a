using System.Diagnostics.CodeAnalysis;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Proving;

/// <summary>A leaf of the ledger and the path that proves it is in a tree.</summary>
internal sealed class ProofLeaf
{
    private readonly byte[] _line;

    private ProofLeaf(byte[] line, IReadOnlyList<TreeHash> path)
    {
        _line = line;
        Path = path;
        LedgerLine leaf = Line;
        Index = leaf.Seq;
        Hash = leaf.Hash();
    }

    /// <summary>The hashes of the neighbours, from the leaf's own up to that below the root.</summary>
    public IReadOnlyList<TreeHash> Path { get; }

    /// <summary>The place of the leaf in the tree, as its line says.</summary>
    public long Index { get; }

    /// <summary>The hash of the leaf.</summary>
    public TreeHash Hash { get; }

    /// <summary>The line with its newline.</summary>
    public ReadOnlySpan<byte> Bytes => _line;

    /// <summary>What the line says.</summary>
    public LedgerLine Line => LedgerLine.TryParse(_line, out LedgerLine line) ? line : throw new InvalidOperationException("A leaf that could be parsed no longer can.");

    /// <summary>The leaf that stands in a line with its newline; <see langword="false"/> if none does.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> line, IReadOnlyList<TreeHash> path, [NotNullWhen(true)] out ProofLeaf? leaf)
    {
        leaf = LedgerLine.TryParse(line, out _) ? new ProofLeaf(line.ToArray(), path) : null;
        return leaf is not null;
    }

    /// <summary>Whether the checkpoint's tree has this leaf at its index.</summary>
    public bool IsIn(Checkpoint checkpoint) => InclusionProof.Verify(Index, checkpoint.Size, Hash, Path, checkpoint.Root);
}
