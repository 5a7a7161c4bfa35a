using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Proving;
using EzAudit.Sealing.Tree;
using EzAudit.Tests.Sealing.Verifying;

namespace EzAudit.Tests.Sealing.Proving;

/// <summary>Proofs of records out of a ledger.</summary>
[TestClass]
public sealed class ProofMakerTests : IDisposable
{
    private readonly LedgerBuilder _ledger = new();
    private readonly long _login;

    public ProofMakerTests() => _login = _ledger.File("login.log");

    public void Dispose() => _ledger.Dispose();

    [TestMethod]
    public void ARecordIsProvedByItsPlace()
    {
        _ledger.Write(_login, "one\n\n");
        long leaf = _ledger.Write(_login, "two\n\nthree\n\n");
        _ledger.End();

        AuditProof proof = AuditLedger.VerifyProof(Ledger().Prove("login.log", 10), [_ledger.Root.ToString()]);

        Assert.IsNull(proof.Problem);
        Assert.AreEqual(("login.log", 10L, "three\n\n", leaf, LedgerBuilder.Origin), (proof.File, proof.Offset, Encoding.UTF8.GetString(proof.Record.Span), proof.Leaf, proof.Origin));
        Assert.AreEqual(_ledger.Root.ToString(), proof.TrustedKey);
    }

    [TestMethod]
    public void ARecordIsProvedByItsLeaf()
    {
        long leaf = _ledger.Write(_login, "one\n\ntwo\n\n");
        _ledger.Compress(_login, "login.log.1");
        _ledger.End();

        Assert.AreEqual(5, AuditLedger.VerifyProof(Ledger().Prove(leaf, 2), [_ledger.Root.ToString()]).Offset);
        AuditLedgerException failure = Assert.ThrowsExactly<AuditLedgerException>(() => Ledger().Prove(leaf, 3));
        Assert.AreEqual($"{_ledger.Folder.Path}: leaf {leaf} attests 2 records, and has none with the number 3.", failure.Message);
    }

    [TestMethod]
    public void TheChainOfKeysLeadsFromTheTrustedKeyToTheCheckpoint()
    {
        VerificationKey first = PassEpoch(leaves: 3);
        PassEpoch(leaves: 0);
        _ledger.NextKey();
        VerificationKey last = PassEpoch(leaves: 5);
        _ledger.Write(_login, "one\n\n");
        _ledger.End();

        string proof = Ledger().Prove("login.log", 0);

        Assert.IsNull(AuditLedger.VerifyProof(proof, [_ledger.Root.ToString()]).Problem);
        Assert.IsNotNull(AuditLedger.VerifyProof(proof, [last.ToString()]).Problem, "the proof begins at the first key");
        Assert.IsGreaterThan(Ledger().WithKeys(_ledger.Root.ToString(), first.ToString()).Prove("login.log", 0).Length, proof.Length);
        using var other = new LedgerBuilder();
        StringAssert.StartsWith(AuditLedger.VerifyProof(proof, [other.Root.ToString()]).Problem, "no trusted key signed", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhatIsDamagedOrUnknownIsNotProved()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.End();
        LedgerBuilder.Replace(_ledger.PathOf(_login), "one", "two");

        StringAssert.EndsWith(Assert.ThrowsExactly<AuditLedgerException>(() => Ledger().Prove("login.log", 0)).Message, "the bytes of login.log are not those that leaf 3 attests.", StringComparison.Ordinal);
        StringAssert.EndsWith(Assert.ThrowsExactly<AuditLedgerException>(() => Ledger().Prove("login.log", 5)).Message, "no attested record covers byte 5 of login.log.", StringComparison.Ordinal);
        StringAssert.EndsWith(Assert.ThrowsExactly<AuditLedgerException>(() => Ledger().Prove("other.log", 0)).Message, "other.log is not a file of the ledger.", StringComparison.Ordinal);
        LedgerBuilder.Replace(_ledger.LedgerPath, "login", "logon");
        StringAssert.Contains(Assert.ThrowsExactly<AuditLedgerException>(() => Ledger().Prove("login.log", 0)).Message, "[checkpoint-root]", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ARecentPathIsThatOfTheWholeTree()
    {
        TreeHash[] leaves = [.. Enumerable.Range(0, 40).Select(number => TreeHash.OfLeaf([(byte)number]))];
        for (int size = 1; size <= leaves.Length; size++)
        {
            for (int index = 0; index < size; index++)
            {
                var before = new TreeFrontier();
                foreach (TreeHash leaf in leaves[..index]) before.Add(leaf);
                var tree = new TreeFrontier();
                foreach (TreeHash leaf in leaves[..size]) tree.Add(leaf);

                IReadOnlyList<TreeHash> path = RecentPath.Of(before, leaves[index..size], index);

                Assert.IsTrue(InclusionProof.Verify(index, size, leaves[index], path, tree.Root), $"{index} of {size}");
            }
        }
    }

    private AuditLedger Ledger() => AuditLedger.OpenDirectory(_ledger.Folder.Path).WithKeys(_ledger.Root.ToString());

    // An epoch ends: the next key, covered by a checkpoint of the current one some leaves later.
    private VerificationKey PassEpoch(int leaves)
    {
        VerificationKey next = _ledger.NextKey();
        for (int i = 0; i < leaves; i++) _ledger.Leaf("n");
        _ledger.Checkpoint();
        _ledger.Leaf("n");
        return next;
    }
}
