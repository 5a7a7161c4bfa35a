using System.Security.Cryptography;
using System.Text;
using EzAudit.Records;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>The findings about the lines of the ledger.</summary>
[TestClass]
public sealed class LedgerDamageTests : IDisposable
{
    private readonly LedgerBuilder _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [TestMethod]
    public void AWholeLedgerIsIntact()
    {
        using LedgerBuilder ledger = LedgerBuilder.OfTwoFiles();

        AuditVerification verification = ledger.Expect();

        Assert.AreEqual(AuditVerificationResult.Intact, verification.Result);
        Assert.AreEqual((9L, 3L, 2L, 5L, 35L), (verification.Leaves, verification.Checkpoints, verification.Files, verification.Records, verification.AttestedBytes));
        Assert.AreEqual(LedgerBuilder.Origin, verification.Origin);
        Assert.AreEqual(ledger.LastNote, verification.Checkpoint);
    }

    [TestMethod]
    public void ALineThatDoesNotParseEndsTheVerification()
    {
        _ledger.Checkpoint();
        _ledger.Append("q 2 3\n");
        _ledger.Leaf("n");
        _ledger.End();

        AuditFinding finding = _ledger.Expect("ledger-damaged").Findings[0];

        Assert.AreEqual("ledger/000001.ezl", finding.File);
        Assert.AreEqual(2, finding.Leaf);
    }

    [TestMethod]
    public void AMissingLineIsASequenceError()
    {
        _ledger.Leaf("n");
        _ledger.End();
        File.WriteAllLines(_ledger.LedgerPath, File.ReadAllLines(_ledger.LedgerPath).Where(line => !line.StartsWith("n 2 ", StringComparison.Ordinal)));

        Assert.AreEqual(AuditVerificationResult.Tampered, _ledger.Expect("sequence").Result);
    }

    [TestMethod]
    public void AChangedLeafContradictsTheCheckpoint()
    {
        _ledger.Leaf("i", "abc");
        _ledger.End();
        LedgerBuilder.Replace(_ledger.LedgerPath, "abc", "abd");

        _ledger.Expect("checkpoint-root");
    }

    [TestMethod]
    public void AHintThatDiffersFromTheLeavesIsReported()
    {
        _ledger.File("login.log");
        _ledger.Checkpoint(hasHint: true);
        _ledger.End();
        LedgerBuilder.Replace(_ledger.LedgerPath, "w 1 0 0 - login.log", "w 1 7 0 - login.log");

        _ledger.Expect("hint");
    }

    [TestMethod]
    public void AMissingSegmentIsDamage()
    {
        _ledger.Checkpoint();
        _ledger.Segment();
        _ledger.Segment();
        _ledger.End();
        _ledger.Expect();
        File.Delete(_ledger.Folder["ledger/000002.ezl"]);

        _ledger.Expect("ledger-damaged");
    }

    [TestMethod]
    public void ASegmentThatDoesNotBeginWithAHintIsDamage()
    {
        _ledger.Checkpoint();
        _ledger.Segment();
        _ledger.End();
        LedgerBuilder.Replace(_ledger.LedgerPath, "\nh ", "\nn ");

        _ledger.Expect("ledger-damaged");
    }

    [TestMethod]
    public void WhatAKilledWriterLeftAtTheEndIsIncomplete()
    {
        _ledger.End();
        _ledger.Append("c exam");

        AuditVerification verification = _ledger.Expect("torn-ledger-end");

        Assert.AreEqual(AuditVerificationResult.Incomplete, verification.Result);
    }

    [TestMethod]
    public void WhatAKilledWriterLeftIsPassedOverIfItsSuccessorClosedIt()
    {
        _ledger.Checkpoint();
        string torn = "c example.com/shop\nc 2\nc ab\0\n";
        _ledger.Append(torn);
        _ledger.Leaf("l", torn.Length, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(torn))));
        _ledger.End();

        AuditVerification verification = _ledger.Expect("torn-line");

        Assert.AreEqual(AuditVerificationResult.Intact, verification.Result);
        LedgerBuilder.Replace(_ledger.LedgerPath, "c ab\0", "c ac\0");
        _ledger.Expect("ledger-damaged");
    }

    [TestMethod]
    public void LossesAreListed()
    {
        long login = _ledger.File("login.log");
        _ledger.Leaf("d", login, 3, "no space");
        _ledger.End();

        AuditFinding finding = _ledger.Expect("dropped").Findings[0];

        Assert.AreEqual((AuditFindingSeverity.Incomplete, "login.log", "3 records could not be stored: no space"), (finding.Severity, finding.File, finding.Problem));
    }

    [TestMethod]
    public void ALedgerThatIsNotFreshIsStale()
    {
        _ledger.End();
        DateTimeOffset last = DateTimeOffset.UnixEpoch.AddTicks((_ledger.Time - 1) * 10);

        _ledger.Expect(setup => setup with { FreshUntil = last });
        _ledger.Expect(setup => setup with { FreshUntil = last.AddTicks(1) }, "stale");
    }

    [TestMethod]
    public void NotesDoNotAffectTheResult()
    {
        _ledger.Checkpoint();
        _ledger.Time -= 1_000_000;
        _ledger.Leaf("n");

        Assert.AreEqual(AuditVerificationResult.Intact, _ledger.Expect("clock-back", "pending", "not-stopped").Result);
    }
}
