using EzAudit.Sealing.Tree;

namespace EzAudit.Tests.Sealing.Tree;

/// <summary>That a leaf is in a tree, and that no other claim is proved.</summary>
[TestClass]
public sealed class InclusionProofTests
{
    private const int MaxSize = 64;

    private static readonly byte[][] Leaves = [.. NaiveTree.Leaves(MaxSize)];

    [TestMethod]
    public void ThePublishedProofsAreAccepted()
    {
        foreach (var (index, size, path) in ReferenceTree.Proofs)
        {
            TreeHash root = ReferenceTree.Hash(ReferenceTree.Roots[size]), leaf = ReferenceTree.Hash(ReferenceTree.LeafHashes[index]);
            Assert.IsTrue(InclusionProof.Verify(index, size, leaf, [.. path.Select(ReferenceTree.Hash)], root), $"{index} of {size}");
        }
    }

    [TestMethod]
    public void ThePublishedProofsAreBuilt()
    {
        foreach (var (index, size, path) in ReferenceTree.Proofs)
        {
            var builder = new InclusionProofBuilder(size, [index]);
            for (int i = 0; i < size; i++) builder.Add(TreeHash.OfLeaf(ReferenceTree.Leaves[i]));
            CollectionAssert.AreEqual(path.Select(ReferenceTree.Hash).ToArray(), builder.PathOf(index).ToArray(), $"{index} of {size}");
        }
    }

    [TestMethod]
    public void EveryProofUpTo64LeavesIsBuiltAsDefinedAndAccepted() => ForEach((index, size, path, root) =>
    {
        CollectionAssert.AreEqual(NaiveTree.Hashes(NaiveTree.Path(index, Leaves.AsSpan(0, size))).ToArray(), path.ToArray(), $"{index} of {size}");
        Assert.IsTrue(InclusionProof.Verify(index, size, LeafOf(index), path, root), $"{index} of {size}");
    });

    [TestMethod]
    public void NoProofUpTo64LeavesProvesAnotherPlace() => ForEach((index, size, path, root) =>
    {
        // A proof for another size can prove the same: where both trees have the same shape along the path.
        for (int other = -1; other <= size; other++)
        {
            if (other != index) Assert.IsFalse(InclusionProof.Verify(other, size, LeafOf(index), path, root), $"{index} of {size} as {other}");
        }
    });

    [TestMethod]
    public void NoProofUpTo64LeavesSurvivesAChange() => ForEach((index, size, path, root) =>
    {
        string place = $"{index} of {size}";
        TreeHash leaf = LeafOf(index), wrong = TreeHash.OfLeaf("wrong"u8);
        Assert.IsFalse(InclusionProof.Verify(index, size, wrong, path, root), place);
        Assert.IsFalse(InclusionProof.Verify(index, size, leaf, path, wrong), place);
        Assert.IsFalse(InclusionProof.Verify(index, size, leaf, [.. path, wrong], root), place);
        Assert.IsFalse(InclusionProof.Verify(index, size, leaf, [wrong, .. path], root), place);
        for (int i = 0; i < path.Count; i++)
        {
            Assert.IsFalse(InclusionProof.Verify(index, size, leaf, [.. path.Take(i), wrong, .. path.Skip(i + 1)], root), place);
            Assert.IsFalse(InclusionProof.Verify(index, size, leaf, [.. path.Take(i), .. path.Skip(i + 1)], root), place);
        }
    });

    [TestMethod]
    public void AnInnerNodeIsNoLeaf()
    {
        // Without the prefixes of RFC 9162 the two leaves together could be claimed to be one leaf of a smaller tree.
        TreeHash left = LeafOf(0), right = LeafOf(1), root = TreeHash.OfNode(left, right);
        byte[] both = new byte[64];
        left.CopyTo(both);
        right.CopyTo(both.AsSpan(32));
        Assert.IsTrue(InclusionProof.Verify(0, 1, root, [], root));
        Assert.IsFalse(InclusionProof.Verify(0, 1, TreeHash.OfLeaf(both), [], root));
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(-1, 1)]
    [DataRow(1, 1)]
    [DataRow(0, -1)]
    public void APlaceOutsideTheTreeIsRejected(int index, int size) =>
        Assert.IsFalse(InclusionProof.Verify(index, size, LeafOf(0), [], LeafOf(0)));

    [TestMethod]
    public void ManyPathsAreBuiltInOnePass()
    {
        int[] wanted = [63, 0, 17, 17, 62, 31, 32];
        var builder = new InclusionProofBuilder(MaxSize, wanted.Select(index => (long)index));
        foreach (byte[] leaf in Leaves) builder.Add(TreeHash.OfLeaf(leaf));
        Assert.AreEqual(new TreeHash(NaiveTree.Root(Leaves)), builder.Root);
        foreach (int index in wanted)
            CollectionAssert.AreEqual(NaiveTree.Hashes(NaiveTree.Path(index, Leaves)).ToArray(), builder.PathOf(index).ToArray(), $"{index}");
    }

    [TestMethod]
    public void APathThatNobodyAskedForIsNotThere()
    {
        var builder = new InclusionProofBuilder(1, []);
        builder.Add(LeafOf(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => builder.PathOf(0));
    }

    [TestMethod]
    public void NothingIsKnownBeforeTheLastLeaf()
    {
        var builder = new InclusionProofBuilder(2, [0]);
        builder.Add(LeafOf(0));
        Assert.IsFalse(builder.IsComplete);
        Assert.AreEqual("1 of 2 leaves were added.", Assert.ThrowsExactly<InvalidOperationException>(() => builder.PathOf(0)).Message);
        Assert.ThrowsExactly<InvalidOperationException>(() => _ = builder.Root);
        builder.Add(LeafOf(1));
        Assert.IsTrue(builder.IsComplete);
        Assert.AreEqual("The tree of 2 leaves is complete.", Assert.ThrowsExactly<InvalidOperationException>(() => builder.Add(LeafOf(2))).Message);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(-1)]
    public void ALeafOutsideTheTreeCannotBeAskedFor(int index) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new InclusionProofBuilder(2, [index]));

    [TestMethod]
    public void TheRootOfNoLeavesIsThatOfTheEmptyTree() => Assert.AreEqual(TreeHash.OfEmptyTree, new InclusionProofBuilder(0, []).Root);

    [TestMethod]
    public void OneHundredThousandLeavesNeedAFewKilobytes()
    {
        var builder = new InclusionProofBuilder(100_000, [0, 50_000, 99_999]);
        TreeHash leaf = LeafOf(0);
        builder.Add(leaf);
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (!builder.IsComplete) builder.Add(leaf);
        Assert.HasCount(17, builder.PathOf(0));
        Assert.IsLessThan(20_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TreeHash LeafOf(int index) => TreeHash.OfLeaf(Leaves[index]);

    private static void ForEach(Action<int, int, IReadOnlyList<TreeHash>, TreeHash> check)
    {
        for (int size = 1; size <= MaxSize; size++)
        {
            var builder = new InclusionProofBuilder(size, Enumerable.Range(0, size).Select(index => (long)index));
            for (int i = 0; i < size; i++) builder.Add(LeafOf(i));
            for (int index = 0; index < size; index++) check(index, size, builder.PathOf(index), builder.Root);
        }
    }
}
