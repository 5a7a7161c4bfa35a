using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Tree;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Tree;

/// <summary>Hashes of leaves and nodes, and their text.</summary>
[TestClass]
public sealed class TreeHashTests
{
    [TestMethod]
    public void LeavesHashAsPublished() => CollectionAssert.AreEqual(
        ReferenceTree.LeafHashes.Select(ReferenceTree.Hash).ToArray(), ReferenceTree.Leaves.Select(leaf => TreeHash.OfLeaf(leaf)).ToArray());

    [TestMethod]
    public void ANodeHashesAsPublished() => Assert.AreEqual(
        ReferenceTree.Hash(ReferenceTree.FifthAndSixth),
        TreeHash.OfNode(ReferenceTree.Hash(ReferenceTree.LeafHashes[4]), ReferenceTree.Hash(ReferenceTree.LeafHashes[5])));

    [TestMethod]
    public void ALeafOfAnyLengthHashesAsItsDefinition()
    {
        byte[] bytes = new byte[9000];
        new Random(1).NextBytes(bytes);
        foreach (int length in Enumerable.Range(0, 1100).Append(8191).Append(8192).Append(9000))
        {
            byte[] leaf = bytes[..length];
            Assert.AreEqual(new TreeHash(SHA256.HashData([0, .. leaf])), TreeHash.OfLeaf(leaf), $"{length} bytes");
        }
    }

    [TestMethod]
    public void TheTextIsBase64AndIsReadBack()
    {
        TreeHash hash = TreeHash.OfLeaf("a"u8);
        string text = hash.ToString();
        Assert.AreEqual(Convert.ToBase64String(SHA256.HashData([0, (byte)'a'])), text);
        Assert.IsTrue(TreeHash.TryParse(Encoding.ASCII.GetBytes(text), out TreeHash fromBytes));
        Assert.IsTrue(TreeHash.TryParse(text, out TreeHash fromText));
        Assert.AreEqual(hash, fromBytes);
        Assert.AreEqual(hash, fromText);
    }

    [TestMethod]
    public void EverySingleBitFlipOfTheTextIsAnotherHashOrNone()
    {
        TreeHash hash = TreeHash.OfLeaf("a"u8);
        byte[] text = Encoding.ASCII.GetBytes(hash.ToString());
        for (int bit = 0; bit < text.Length * 8; bit++)
        {
            byte[] flipped = Flip.Bit(text, bit);
            Assert.IsFalse(TreeHash.TryParse(flipped, out TreeHash found) && found == hash, $"bit {bit}: {Encoding.Latin1.GetString(flipped)}");
        }
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", DisplayName = "without padding")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=", DisplayName = "with bits left over")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", DisplayName = "31 bytes")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", DisplayName = "33 bytes")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", DisplayName = "with a newline")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAA=", DisplayName = "with a space in place of a character")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAA-_AAAAAAAAAAAAAAAAAAAA=", DisplayName = "for URLs")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAA\u00e9AAAAAAAAAAAAAAAAAAAAA=", DisplayName = "not ASCII")]
    public void WhatIsNotTheCanonicalTextOf32BytesIsNoHash(string text)
    {
        Assert.IsFalse(TreeHash.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.IsFalse(TreeHash.TryParse(text, out _));
    }

    [TestMethod]
    public void EqualHashesAreEqualInEveryWay()
    {
        TreeHash hash = TreeHash.OfLeaf("a"u8), same = TreeHash.OfLeaf("a"u8), other = TreeHash.OfLeaf("b"u8);
        Assert.IsTrue(hash == same && !(hash != same) && hash.Equals((object)same) && hash.GetHashCode() == same.GetHashCode());
        Assert.IsTrue(hash != other && !hash.Equals((object)other) && !hash.Equals("a"));
    }

    [TestMethod]
    public void OtherThan32BytesAreNoHash() =>
        Assert.AreEqual("A hash has 32 bytes, not 31. (Parameter 'bytes')", Assert.ThrowsExactly<ArgumentException>(() => new TreeHash(new byte[31])).Message);

    [TestMethod]
    public void HashingDoesNotAllocate()
    {
        byte[] leaf = new byte[140], longest = new byte[8192];
        TreeHash left = TreeHash.OfLeaf(leaf), right = TreeHash.OfLeaf(longest);
        Assert.AreEqual(0, Allocation.Of(() => TreeHash.OfLeaf(leaf)), "leaf");
        Assert.AreEqual(0, Allocation.Of(() => TreeHash.OfLeaf(longest)), "longest leaf");
        Assert.AreEqual(0, Allocation.Of(() => TreeHash.OfNode(left, right)), "node");
    }

    [TestMethod]
    public void ReadingAndCopyingDoNotAllocate()
    {
        byte[] text = Encoding.ASCII.GetBytes(TreeHash.OfLeaf("a"u8).ToString()), bytes = new byte[32];
        Assert.AreEqual(0, Allocation.Of(() =>
        {
            if (TreeHash.TryParse(text, out TreeHash hash)) hash.CopyTo(bytes);
        }));
    }
}
