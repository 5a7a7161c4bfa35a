using System.Numerics;

namespace EzAudit.Sealing.Tree;

/// <summary>A Merkle tree that grows: of all its leaves it keeps only the roots of the perfect subtrees, one for each bit of its size. Not thread-safe.</summary>
internal sealed class TreeFrontier
{
    // The size is a positive long, so at most 63 bits are set, and one leaf more stands here while it is merged.
    private readonly TreeHash[] _nodes = new TreeHash[64];
    private int _count;

    /// <summary>The number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the perfect subtrees, largest first; a snapshot.</summary>
    public IReadOnlyList<TreeHash> Nodes => _nodes[.._count];

    /// <summary>The root of the tree. Hashes once for each node but the first.</summary>
    public TreeHash Root
    {
        get
        {
            if (_count == 0) return TreeHash.OfEmptyTree;
            TreeHash root = _nodes[_count - 1];
            for (int i = _count - 2; i >= 0; i--) root = TreeHash.OfNode(_nodes[i], root);
            return root;
        }
    }

    /// <summary>The tree of a size, from the roots of its perfect subtrees, largest first.</summary>
    /// <exception cref="ArgumentException">A tree of this size does not have so many perfect subtrees, or the size is negative.</exception>
    public static TreeFrontier Restore(long size, IReadOnlyList<TreeHash> nodes)
    {
        if (size < 0) throw new ArgumentOutOfRangeException(nameof(size), size, "A tree cannot have a negative size.");
        int expected = BitOperations.PopCount((ulong)size);
        if (nodes.Count != expected) throw new ArgumentException($"A tree of {size} leaves has {expected} perfect subtrees, not {nodes.Count}.", nameof(nodes));
        var tree = new TreeFrontier { Size = size, _count = expected };
        for (int i = 0; i < expected; i++) tree._nodes[i] = nodes[i];
        return tree;
    }

    /// <summary>Appends a leaf. Does not allocate.</summary>
    public void Add(TreeHash leaf)
    {
        TreeHash node = leaf;
        // Every bit that the addition carries over is a pair of subtrees of equal size.
        for (long rest = Size; (rest & 1) != 0; rest >>= 1) node = TreeHash.OfNode(_nodes[--_count], node);
        _nodes[_count++] = node;
        Size++;
    }

    /// <summary>A copy that grows on its own.</summary>
    public TreeFrontier Copy()
    {
        var copy = new TreeFrontier { Size = Size, _count = _count };
        _nodes.AsSpan(0, _count).CopyTo(copy._nodes);
        return copy;
    }
}
