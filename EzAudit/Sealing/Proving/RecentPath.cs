using System.Numerics;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Proving;

/// <summary>Makes the audit path of a leaf from the tree before it and the leaves from it on; for trees that end soon after.</summary>
/// <remarks>What stands to the left of a leaf on its way to the root are exactly the perfect subtrees of the tree before it.</remarks>
internal static class RecentPath
{
    /// <param name="before">The tree of the leaves before it.</param>
    /// <param name="leaves">The leaf and those that follow it, up to the end of the tree.</param>
    /// <param name="index">The index of the leaf.</param>
    public static IReadOnlyList<TreeHash> Of(TreeFrontier before, IReadOnlyList<TreeHash> leaves, long index)
    {
        var path = new List<TreeHash>();
        int left = before.Nodes.Count;
        Add(start: 0, index + leaves.Count);
        return path;

        void Add(long start, long size)
        {
            if (size == 1) return;
            long half = (long)(1UL << (63 - BitOperations.LeadingZeroCount((ulong)(size - 1))));
            if (index < start + half)
            {
                Add(start, half);
                path.Add(RootOf(start + half, size - half));
            }
            else
            {
                Add(start + half, size - half);
                path.Add(before.Nodes[--left]);
            }
        }

        TreeHash RootOf(long start, long size)
        {
            var tree = new TreeFrontier();
            for (long i = 0; i < size; i++) tree.Add(leaves[(int)(start - index + i)]);
            return tree.Root;
        }
    }
}
