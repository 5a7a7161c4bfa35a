namespace EzAudit.Sealing.Tree;

/// <summary>
/// Makes the audit paths of some leaves of a tree while all its leaves pass by once, in order. Keeps the paths and one node for each bit of the size, so
/// millions of leaves need little memory. Not thread-safe.
/// </summary>
internal sealed class InclusionProofBuilder
{
    private readonly long[] _indexes;
    private readonly List<TreeHash>[] _paths;
    private readonly Stack<Subtree> _subtrees = new();

    /// <summary>A subtree, and the range of <see cref="_indexes"/> that lies in it.</summary>
    private readonly record struct Subtree(TreeHash Root, int First, int End);

    private int _next;

    /// <param name="size">The number of leaves of the tree.</param>
    /// <param name="indexes">The leaves whose paths are wanted, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not below the size, or is negative.</exception>
    public InclusionProofBuilder(long size, IEnumerable<long> indexes)
    {
        Size = size;
        _indexes = [.. indexes.Distinct().Order()];
        if (_indexes.Length > 0 && (_indexes[0] < 0 || _indexes[^1] >= size))
            throw new ArgumentOutOfRangeException(nameof(indexes), $"A leaf lies outside the tree of {size} leaves.");
        _paths = [.. _indexes.Select(_ => new List<TreeHash>())];
    }

    /// <summary>The number of leaves of the tree.</summary>
    public long Size { get; }

    /// <summary>The number of leaves that were added.</summary>
    public long Count { get; private set; }

    /// <summary>Whether every leaf was added, so that paths and root can be asked for.</summary>
    public bool IsComplete => Count == Size;

    /// <summary>The root of the tree.</summary>
    /// <exception cref="InvalidOperationException">Leaves are missing.</exception>
    public TreeHash Root
    {
        get
        {
            Finish();
            return Size == 0 ? TreeHash.OfEmptyTree : _subtrees.Peek().Root;
        }
    }

    /// <summary>Adds the next leaf.</summary>
    /// <exception cref="InvalidOperationException">The tree is complete.</exception>
    public void Add(TreeHash leaf)
    {
        if (IsComplete) throw new InvalidOperationException($"The tree of {Size} leaves is complete.");
        int first = _next;
        if (_next < _indexes.Length && _indexes[_next] == Count) _next++;
        _subtrees.Push(new Subtree(leaf, first, _next));
        for (long rest = Count; (rest & 1) != 0; rest >>= 1) MergeLastTwo();
        Count++;
    }

    /// <summary>The path of a leaf, from its neighbour up to the node below the root.</summary>
    /// <exception cref="InvalidOperationException">Leaves are missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The path was not asked for at the beginning.</exception>
    public IReadOnlyList<TreeHash> PathOf(long index)
    {
        Finish();
        int place = Array.BinarySearch(_indexes, index);
        if (place < 0) throw new ArgumentOutOfRangeException(nameof(index), index, "The path of this leaf was not asked for.");
        return _paths[place];
    }

    // Once all leaves are here, the subtrees of unequal size are merged from the right: RFC 9162's tree for a size that is no power of two.
    private void Finish()
    {
        if (!IsComplete) throw new InvalidOperationException($"{Count} of {Size} leaves were added.");
        while (_subtrees.Count > 1) MergeLastTwo();
    }

    private void MergeLastTwo()
    {
        Subtree right = _subtrees.Pop(), left = _subtrees.Pop();
        for (int i = left.First; i < left.End; i++) _paths[i].Add(right.Root);
        for (int i = right.First; i < right.End; i++) _paths[i].Add(left.Root);
        _subtrees.Push(new Subtree(TreeHash.OfNode(left.Root, right.Root), left.First, right.End));
    }
}
