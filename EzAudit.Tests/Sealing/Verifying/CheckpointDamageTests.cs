using System.Security.Cryptography;
using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>The findings about checkpoints, keys and anchors.</summary>
[TestClass]
public sealed class CheckpointDamageTests : IDisposable
{
    private readonly LedgerBuilder _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [TestMethod]
    public void ACheckpointBySomebodyElseIsForged()
    {
        _ledger.Checkpoint();
        _ledger.Leaf("n");
        _ledger.Checkpoint(signer: _ledger.NewKey());
        _ledger.End();

        _ledger.Expect("checkpoint-signature");
        _ledger.Expect(setup => setup with { Threads = 2 }, "checkpoint-signature");
    }

    [TestMethod]
    public void AForgedSignatureThatNamesTheRightKeyIsFoundByEveryNumberOfThreads()
    {
        _ledger.Checkpoint();
        _ledger.Leaf("n");
        _ledger.Checkpoint();
        SignedCheckpoint signed = _ledger.LastCheckpoint;
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] forged = other.SignData(Encoding.UTF8.GetBytes(signed.Checkpoint.Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        string note = SignedCheckpoint.Of(signed.Checkpoint, _ledger.Root, forged).Note;
        LedgerBuilder.Replace(_ledger.LedgerPath, _ledger.LastNote.Split('\n')[4], note.Split('\n')[4]);
        _ledger.Append("q\n");
        _ledger.Leaf("n");

        // Damage behind it does not hide it.
        _ledger.Expect("checkpoint-signature");
        _ledger.Expect(setup => setup with { Threads = 2 }, "checkpoint-signature");
    }

    [TestMethod]
    public void ANewKeySignsOnlyAfterTheOldOneHasCoveredIt()
    {
        _ledger.Checkpoint();
        _ledger.NextKey();
        _ledger.Checkpoint();
        _ledger.Leaf("n");
        _ledger.Checkpoint(hasHint: true);
        _ledger.NextKey();
        _ledger.NextKey();
        _ledger.End();

        _ledger.Expect();
    }

    [TestMethod]
    public void TheOldKeyNoLongerSignsAfterTheNewOneIsCurrent()
    {
        ECDsa old = _ledger.NewKey();
        _ledger.Leaf("k", 1, VerificationKey.Of(LedgerBuilder.Origin, old));
        _ledger.Checkpoint();
        _ledger.Leaf("n");
        // The builder still signs with the first key.
        _ledger.End();

        _ledger.Expect("checkpoint-signature");
    }

    [TestMethod]
    public void AKeyOfTheWrongEpochIsDamage()
    {
        _ledger.Leaf("k", 2, VerificationKey.Of(LedgerBuilder.Origin, _ledger.NewKey()));
        _ledger.End();

        _ledger.Expect("ledger-damaged");
    }

    [TestMethod]
    public void ANewTrustRootIsReportedUnlessItIsTrusted()
    {
        _ledger.Checkpoint();
        VerificationKey root = _ledger.NewRoot();
        _ledger.End();

        Assert.AreEqual(AuditVerificationResult.Tampered, _ledger.Expect("trust-root").Result);
        _ledger.Expect(setup => setup with { Keys = [_ledger.Root, root] });
    }

    [TestMethod]
    public void AnEarlierKeyAsATrustRootIsReported()
    {
        _ledger.Checkpoint();
        _ledger.Leaf("g", _ledger.Root);
        _ledger.End();

        _ledger.Expect("trust-root");
    }

    [TestMethod]
    public void ALedgerOfAnotherKeyIsNotTrusted()
    {
        _ledger.End();
        using var other = new LedgerBuilder();

        _ledger.Expect(setup => setup with { Keys = [other.Root] }, "trust-root");
    }

    [TestMethod]
    public void ALedgerWithoutCheckpointProvesNothing()
    {
        _ledger.Leaf("z", "0a1b2c3d");

        _ledger.Expect("checkpoint-missing", "checkpoint-file", "pending");
    }

    [TestMethod]
    public void TheNewestCheckpointMustBeInTheLedger()
    {
        _ledger.End();
        File.Delete(_ledger.CheckpointPath);
        _ledger.Expect("checkpoint-file");

        File.WriteAllText(_ledger.CheckpointPath, "no checkpoint");
        _ledger.Expect("checkpoint-file");

        File.Delete(_ledger.CheckpointPath);
        Directory.CreateDirectory(_ledger.CheckpointPath);
        _ledger.Expect("checkpoint-file");
    }

    [TestMethod]
    public void ALedgerThatWasCutOffLacksTheNewestCheckpoint()
    {
        _ledger.Checkpoint();
        byte[] before = File.ReadAllBytes(_ledger.LedgerPath);
        _ledger.End();
        File.WriteAllBytes(_ledger.LedgerPath, before);

        _ledger.Expect("checkpoint-file", "not-stopped");
    }

    [TestMethod]
    public void AnAnchorRevealsALedgerThatWasReplacedByAnOlderOne()
    {
        _ledger.Checkpoint();
        (byte[] ledger, string note) = (File.ReadAllBytes(_ledger.LedgerPath), _ledger.LastNote);
        _ledger.End();
        SignedCheckpoint anchor = _ledger.LastCheckpoint;
        _ledger.Expect(setup => setup with { Anchors = [("kept", anchor)] });
        File.WriteAllBytes(_ledger.LedgerPath, ledger);
        File.WriteAllText(_ledger.CheckpointPath, note);

        _ledger.Expect("not-stopped");
        StringAssert.StartsWith(_ledger.Expect(setup => setup with { Anchors = [("kept", anchor)] }, "rollback", "not-stopped").Findings[0].Problem, "kept: the checkpoint covers 3 leaves, and the ledger has 2", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AnAnchorOfOtherLeavesIsReported()
    {
        _ledger.End();
        using LedgerBuilder other = new LedgerBuilder().End();
        SignedCheckpoint anchor = other.LastCheckpoint;

        _ledger.Expect(setup => setup with { Anchors = [("kept", anchor), ("empty", null)] }, "anchor", "anchor");
    }

    [TestMethod]
    public void AnchorsOfOtherLedgersInTheSamePlaceAreSkipped()
    {
        _ledger.End();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var checkpoint = new Checkpoint("example.com/other", 99, _ledger.LastCheckpoint.Checkpoint.Root);
        SignedCheckpoint other = SignedCheckpoint.Of(checkpoint, VerificationKey.Of("example.com/other", key), new byte[8]);

        _ledger.Expect(setup => setup with { Anchors = [("syslog", other), ("syslog", _ledger.LastCheckpoint)] });
        _ledger.Expect(setup => setup with { Anchors = [("syslog", other)] }, "anchor");
    }

    [TestMethod]
    public void AnAnchorMustBeSignedWithTheKeyThatWasCurrent()
    {
        _ledger.Checkpoint();
        _ledger.Leaf("n");
        _ledger.Checkpoint();
        SignedCheckpoint right = _ledger.LastCheckpoint;
        _ledger.NextKey();
        _ledger.Checkpoint();
        _ledger.End();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signature = key.SignData(Encoding.UTF8.GetBytes(right.Checkpoint.Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        SignedCheckpoint forged = SignedCheckpoint.Of(right.Checkpoint, VerificationKey.Of(LedgerBuilder.Origin, key), signature);

        _ledger.Expect(setup => setup with { Anchors = [("right", right)] });
        _ledger.Expect(setup => setup with { Anchors = [("forged", forged)] }, "anchor");
    }
}
