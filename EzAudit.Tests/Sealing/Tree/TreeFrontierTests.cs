using EzAudit.Sealing.Tree;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Tree;

/// <summary>A tree that keeps its right edge only.</summary>
[TestClass]
public sealed class TreeFrontierTests
{
    private const int MaxSize = 64;

    private static readonly byte[][] Leaves = [.. NaiveTree.Leaves(MaxSize + 3)];

    [TestMethod]
    public void TheRootsAreThePublishedOnes()
    {
        var tree = new TreeFrontier();
        var roots = new List<TreeHash> { tree.Root };
        foreach (byte[] leaf in ReferenceTree.Leaves)
        {
            tree.Add(TreeHash.OfLeaf(leaf));
            roots.Add(tree.Root);
        }
        CollectionAssert.AreEqual(ReferenceTree.Roots.Select(ReferenceTree.Hash).ToArray(), roots);
    }

    [TestMethod]
    public void TheNodesOfSevenLeavesAreThePublishedSubtrees() => CollectionAssert.AreEqual(
        new[] { ReferenceTree.Roots[4], ReferenceTree.FifthAndSixth, ReferenceTree.LeafHashes[6] }.Select(ReferenceTree.Hash).ToArray(),
        Grown(7, ReferenceTree.Leaves).Nodes.ToArray());

    [TestMethod]
    public void TheRootAtEverySizeIsThatOfTheDefinition()
    {
        var tree = new TreeFrontier();
        for (int size = 0; size <= MaxSize; size++)
        {
            Assert.AreEqual(size, tree.Size);
            Assert.AreEqual(new TreeHash(NaiveTree.Root(Leaves.AsSpan(0, size))), tree.Root, $"size {size}");
            tree.Add(TreeHash.OfLeaf(Leaves[size]));
        }
    }

    [TestMethod]
    public void ATreeThatIsRestoredAtAnySizeGrowsOn()
    {
        for (int size = 0; size <= MaxSize; size++)
        {
            TreeFrontier restored = TreeFrontier.Restore(size, Grown(size, Leaves).Nodes);
            Assert.AreEqual(new TreeHash(NaiveTree.Root(Leaves.AsSpan(0, size))), restored.Root, $"size {size}");
            for (int more = 1; more <= 3; more++)
            {
                restored.Add(TreeHash.OfLeaf(Leaves[size + more - 1]));
                Assert.AreEqual(size + more, restored.Size);
                Assert.AreEqual(new TreeHash(NaiveTree.Root(Leaves.AsSpan(0, size + more))), restored.Root, $"size {size} and {more} more");
            }
        }
    }

    [TestMethod]
    public void TheLargestTreeCanBeRestored()
    {
        TreeHash[] nodes = [.. Enumerable.Range(0, 63).Select(number => TreeHash.OfLeaf([(byte)number]))];
        TreeFrontier tree = TreeFrontier.Restore(long.MaxValue, nodes);
        CollectionAssert.AreEqual(nodes, tree.Nodes.ToArray());
        Assert.AreEqual(nodes.Reverse().Skip(1).Aggregate(nodes[^1], (root, node) => TreeHash.OfNode(node, root)), tree.Root);
    }

    [TestMethod]
    public void TheWrongNumberOfNodesIsRejected()
    {
        for (int size = 0; size <= MaxSize; size++)
        {
            TreeHash[] nodes = [.. Grown(size, Leaves).Nodes];
            Assert.ThrowsExactly<ArgumentException>(() => TreeFrontier.Restore(size, [.. nodes, default]), $"size {size}");
            if (size > 0) Assert.ThrowsExactly<ArgumentException>(() => TreeFrontier.Restore(size, nodes[1..]), $"size {size}");
        }
        Assert.AreEqual(
            "A tree of 6 leaves has 2 perfect subtrees, not 1. (Parameter 'nodes')",
            Assert.ThrowsExactly<ArgumentException>(() => TreeFrontier.Restore(6, [default])).Message);
    }

    [TestMethod]
    public void ANegativeSizeIsRejected() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TreeFrontier.Restore(-1, new TreeHash[64]));

    [TestMethod]
    public void ACopyGrowsOnItsOwn()
    {
        TreeFrontier tree = Grown(5, Leaves);
        TreeFrontier copy = tree.Copy();
        TreeHash before = tree.Root;
        copy.Add(TreeHash.OfLeaf(Leaves[5]));
        Assert.AreEqual(before, tree.Root);
        Assert.AreEqual(5, tree.Size);
        Assert.AreEqual(new TreeHash(NaiveTree.Root(Leaves.AsSpan(0, 6))), copy.Root);
        tree.Add(default);
        Assert.AreEqual(new TreeHash(NaiveTree.Root(Leaves.AsSpan(0, 6))), copy.Root);
    }

    [TestMethod]
    public void TheNodesAreASnapshot()
    {
        TreeFrontier tree = Grown(5, Leaves);
        IReadOnlyList<TreeHash> nodes = tree.Nodes;
        TreeHash[] before = [.. nodes];
        for (int i = 5; i < 16; i++) tree.Add(TreeHash.OfLeaf(Leaves[i]));
        CollectionAssert.AreEqual(before, nodes.ToArray());
    }

    [TestMethod]
    public void GrowingDoesNotAllocate()
    {
        var tree = new TreeFrontier();
        TreeHash leaf = TreeHash.OfLeaf("a"u8);
        Assert.AreEqual(0, Allocation.Of(() => tree.Add(leaf)), "Add");
        Assert.AreEqual(0, Allocation.Of(() => _ = tree.Root), "Root");
    }

    private static TreeFrontier Grown(int size, IReadOnlyList<byte[]> leaves)
    {
        var tree = new TreeFrontier();
        for (int i = 0; i < size; i++) tree.Add(TreeHash.OfLeaf(leaves[i]));
        return tree;
    }
}
