using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Proving;
using EzAudit.Sealing.Tree;
using EzAudit.Tests.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Proving;

/// <summary>Proofs that are well formed and prove nothing.</summary>
[TestClass]
public sealed class RecordProofCheckTests : IDisposable
{
    private const int File = 2;
    private const int Extent = 3;

    private static readonly byte[] Bytes = "one\ntwo\nthree\n"u8.ToArray();

    private readonly ProofLedger _ledger = new();

    public RecordProofCheckTests()
    {
        Assert.AreEqual(File, _ledger.Add("f", "1 0 77 login.log"));
        Assert.AreEqual(Extent, _ledger.AddExtent(1, 0, Bytes, 3));
    }

    public void Dispose() => _ledger.Dispose();

    [TestMethod]
    public void AnyTrustedKeyCanBeTheRoot()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var check = new RecordProofCheck([VerificationKey.Of("example.com/other", other), _ledger.Genesis]);
        Assert.IsTrue(check.TryProve(Proof(), out ProvenRecord? record, out string? problem), problem);
        Assert.AreEqual(_ledger.Genesis, record.TrustRoot);
    }

    [TestMethod]
    public void AKeyThatNobodyTrustsProvesNothing()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        const string problem = "no trusted key signed the checkpoint of 'example.com/host1/ezaudit' at 4 leaves, with which the proof begins";
        AssertProblem(problem, Proof(), VerificationKey.Of(_ledger.Origin, other));
        AssertProblem(problem, Proof(), VerificationKey.Of("example.com/other", _ledger.Pair));
        Assert.IsFalse(new RecordProofCheck([]).TryProve(Proof(), out _, out string? actual));
        Assert.AreEqual(problem, actual);
    }

    [TestMethod]
    public void ALaterKeyProvesNothingWithoutItsChain()
    {
        _ledger.NextEpoch();
        RecordProof proof = Proof();
        AssertProblem("no trusted key signed the checkpoint of 'example.com/host1/ezaudit' at 5 leaves, with which the proof begins", Changed(proof, links: []));
        Assert.IsTrue(new RecordProofCheck([VerificationKey.Of(_ledger.Origin, _ledger.Pair)]).TryProve(Changed(proof, links: []), out _, out _));
    }

    [TestMethod]
    public void AnOlderKeyProvesNothingAfterItsEpoch()
    {
        ECDsa first = _ledger.Pair;
        _ledger.NextEpoch();
        VerificationKey current = VerificationKey.Of(_ledger.Origin, _ledger.Pair);
        AssertProblem($"the checkpoint at 5 leaves is not signed by the key {current.KeyId:x8} of 'example.com/host1/ezaudit'", Changed(Proof(), checkpoint: _ledger.CheckpointBy(first)));
    }

    [TestMethod]
    public void ALinkThatIsLeftOutBreaksTheChain()
    {
        _ledger.NextEpoch();
        _ledger.NextEpoch();
        _ledger.NextEpoch();
        RecordProof proof = Proof();
        Assert.IsTrue(new RecordProofCheck([_ledger.Genesis]).TryProve(proof, out _, out _));
        Assert.IsTrue(VerificationKey.TryParse(Encoding.UTF8.GetString(proof.Links[0].Key.Line.Text), out VerificationKey? second));
        AssertProblem($"the checkpoint at 7 leaves is not signed by the key {second.KeyId:x8} of 'example.com/host1/ezaudit'", Changed(proof, links: [proof.Links[0], proof.Links[2]]));
        AssertProblem("no trusted key signed the checkpoint of 'example.com/host1/ezaudit' at 6 leaves, with which the proof begins", Changed(proof, links: [.. proof.Links.Skip(1)]));
    }

    [TestMethod]
    public void AnEpochThatIsSkippedBreaksTheChain()
    {
        _ledger.NextEpoch(1);
        _ledger.NextEpoch(3);
        AssertProblem("leaf 5 announces the key of epoch 3, but that of epoch 2 is next", Proof());
    }

    [TestMethod]
    public void ALinkMustAnnounceAKey()
    {
        _ledger.AddLink(Extent);
        AssertProblem("leaf 3 announces no key: it is of kind 'r', and 'k' is expected", Proof());
    }

    [TestMethod]
    public void AKeyThatTheTreeDoesNotHoldIsNotAnnounced()
    {
        _ledger.NextEpoch();
        _ledger.Add("n", "");
        RecordProof proof = Proof();
        AssertProblem(
            "leaf 4, which announces a key, is not in the tree of the checkpoint at 5 leaves",
            Changed(proof, links: [new KeyLink(_ledger.Leaf(4, 6), proof.Links[0].Checkpoint)]));
    }

    [TestMethod]
    public void AKeyOfAnotherLedgerIsNotAnnounced()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _ledger.AddLink(_ledger.Add("k", $"1 {VerificationKey.Of("example.com/other", other)}"));
        AssertProblem("leaf 4 announces no key of 'example.com/host1/ezaudit'", Proof());
    }

    [TestMethod]
    public void WhatIsNoKeyIsNotAnnounced()
    {
        _ledger.AddLink(_ledger.Add("k", "1 example.com/host1/ezaudit+00000000+AAAA"));
        AssertProblem("leaf 4 announces no key of 'example.com/host1/ezaudit'", Proof());
    }

    [TestMethod]
    public void CheckpointsDoNotShrink()
    {
        SignedCheckpoint small = _ledger.Checkpoint();
        var (leaf, file) = (_ledger.Leaf(Extent, 4), _ledger.Leaf(File, 4));
        _ledger.NextEpoch();
        SignedCheckpoint signed = TestKeys.Sign(small.Checkpoint, _ledger.Pair);
        RecordProof proof = Proof();
        AssertProblem("the checkpoint at 4 leaves follows one at 5", new RecordProof
        {
            Leaf = leaf, File = file, Extent = proof.Extent, Begin = 0, Length = 4, Links = proof.Links, Checkpoint = signed,
        });
    }

    [TestMethod]
    public void AKeyIsAnnouncedAfterTheOneBeforeItBecameCurrent()
    {
        using var old = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        int early = _ledger.Add("k", $"2 {VerificationKey.Of(_ledger.Origin, old)}");
        _ledger.NextEpoch(1);
        _ledger.AddLink(early);
        AssertProblem("leaf 4 announces a key, but the checkpoint before it has 6 leaves already", Proof());
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("u")]
    public void BytesThatAreNotAttestedAreNotProven(string kind)
    {
        int leaf = _ledger.AddExtent(1, 14, Bytes, 3, kind);
        AssertProblem($"leaf 4 does not attest records: it is of kind '{kind}', and 'r' is expected", _ledger.Prove(leaf, File, Bytes, (0, 4)));
    }

    [TestMethod]
    public void ALeafOfAnotherTreeIsNotProven()
    {
        RecordProof proof = Proof();
        _ledger.Add("n", "");
        AssertProblem("leaf 3 is not in the tree of the checkpoint at 5 leaves", Changed(proof, checkpoint: _ledger.Checkpoint()));
    }

    [TestMethod]
    public void TheNameOfAnotherFileIsNotProven()
    {
        int other = _ledger.Add("f", "2 0 78 role.log");
        int later = _ledger.Add("f", "1 0 79 role.log");
        AssertProblem("leaf 4 does not name the log file 1", _ledger.Prove(Extent, other, Bytes, (0, 4)));
        AssertProblem("leaf 5 names the log file, but leaf 3 is about it already", _ledger.Prove(Extent, later, Bytes, (0, 4)));
        AssertProblem("leaf 1 does not name the log file 1", _ledger.Prove(Extent, 1, Bytes, (0, 4)));
        ProofLeaf outside = _ledger.Leaf(File, 4);
        AssertProblem("leaf 2 is not in the tree of the checkpoint at 6 leaves", Changed(Proof(), file: outside));
    }

    [TestMethod]
    public void OtherBytesAreNotProven()
    {
        AssertProblem("the bytes of the proof are not those that leaf 3 vouches for", _ledger.Prove(Extent, File, "ONE\ntwo\nthree\n"u8.ToArray(), (0, 4)));
        AssertProblem("leaf 3 vouches for 14 bytes, but the proof has 13", _ledger.Prove(Extent, File, Bytes[..^1], (0, 4)));
    }

    [TestMethod]
    public void ErasedRecordsAreNotProven()
    {
        int leaf = _ledger.Add("r", $"1 14 14 3 {new string('-', 24)} {TreeHash.OfLeaf(Bytes)}");
        AssertProblem("leaf 4 has no salt: its records were erased", _ledger.Prove(leaf, File, Bytes, (0, 4)));
    }

    [TestMethod]
    [DataRow(0, 3)]
    [DataRow(0, 8)]
    [DataRow(1, 3)]
    [DataRow(4, 10)]
    [DataRow(4, 0)]
    [DataRow(14, 0)]
    public void ARangeThatIsNotOneRecordIsNotProven(int begin, int length) => AssertProblem(
        $"the bytes [{begin}, {begin}+{length}) are not one of the 3 records of the extent", _ledger.Prove(Extent, File, Bytes, (begin, length)));

    [TestMethod]
    [DataRow(0, 4, "one\n")]
    [DataRow(4, 4, "two\n")]
    [DataRow(8, 6, "three\n")]
    public void EveryRecordOfAnExtentCanBeProven(int begin, int length, string text)
    {
        Assert.IsTrue(new RecordProofCheck([_ledger.Genesis]).TryProve(_ledger.Prove(Extent, File, Bytes, (begin, length)), out ProvenRecord? record, out string? problem), problem);
        Assert.AreEqual(text, Encoding.UTF8.GetString(record.Bytes.Span));
        Assert.AreEqual(begin, record.Offset);
    }

    private RecordProof Proof() => _ledger.Prove(Extent, File, Bytes, (0, 4));

    private static RecordProof Changed(RecordProof proof, IReadOnlyList<KeyLink>? links = null, SignedCheckpoint? checkpoint = null, ProofLeaf? file = null) => new()
    {
        Leaf = proof.Leaf, File = file ?? proof.File, Extent = proof.Extent, Begin = proof.Begin, Length = proof.Length,
        Links = links ?? proof.Links, Checkpoint = checkpoint ?? proof.Checkpoint,
    };

    private void AssertProblem(string problem, RecordProof proof, VerificationKey? trusted = null)
    {
        Assert.IsFalse(new RecordProofCheck([trusted ?? _ledger.Genesis]).TryProve(proof, out ProvenRecord? record, out string? actual));
        Assert.IsNull(record);
        Assert.AreEqual(problem, actual);
    }
}
