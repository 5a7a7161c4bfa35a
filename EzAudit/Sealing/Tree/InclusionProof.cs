namespace EzAudit.Sealing.Tree;

/// <summary>Checks that a leaf is in a tree, from its audit path alone (RFC 9162, section 2.1.3.2).</summary>
internal static class InclusionProof
{
    /// <summary><see langword="true"/> if the tree of <paramref name="size"/> leaves with this root has this leaf at <paramref name="index"/>.</summary>
    /// <param name="index">The place of the leaf, from 0.</param>
    /// <param name="size">The number of leaves of the tree.</param>
    /// <param name="leaf">The hash of the leaf.</param>
    /// <param name="path">The hashes of the neighbours, from the leaf's own up to that below the root.</param>
    /// <param name="root">The root of the tree.</param>
    public static bool Verify(long index, long size, TreeHash leaf, IReadOnlyList<TreeHash> path, TreeHash root)
    {
        if (index < 0 || index >= size) return false;
        long node = index, last = size - 1;
        TreeHash hash = leaf;
        foreach (TreeHash neighbour in path)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = TreeHash.OfNode(neighbour, hash);
                // The last node of a level without a neighbour rises until it has one.
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = TreeHash.OfNode(hash, neighbour);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && hash == root;
    }
}
