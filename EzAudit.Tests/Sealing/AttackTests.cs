using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Keys;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing;

/// <summary>
/// The attacks in the table of docs/ledger.md that take more than a change of the files, without and with an anchor, as both verifiers see them. SealedFlipTests
/// has the others.
/// </summary>
[TestClass]
public sealed class AttackTests
{
    private const int InTheFirstRecord = 10;

    [TestMethod]
    public void APastEpochThatIsSignedAgainWithTheNewestKeyIsFound()
    {
        using SealedSite site = OfTwoEpochs(out string anchor);
        using PrivateKey newest = Forger.KeyOf(site);
        new Forger(site, newest).Change(InTheFirstRecord);

        Expect(site, anchor, "checkpoint-signature", "checkpoint-signature");
    }

    [TestMethod]
    public void APastEpochThatIsSignedAgainWithKeysOfTheAttackerIsFound()
    {
        using SealedSite site = OfTwoEpochs(out string anchor);
        using var own = PrivateKey.Create(site.Key.Split('+')[0], 0);
        new Forger(site, own) { ReplacesKeys = true }.Change(InTheFirstRecord);

        Expect(site, anchor, "checkpoint-signature", "checkpoint-signature");
    }

    [TestMethod]
    public void ARunningEpochIsFoundWithoutAnAnchorIfTheKeyIsSecret()
    {
        using SealedSite site = OfTwoEpochs(out string anchor);
        new Forger(site, key: null).Change(InTheLastRecord(site));

        Expect(site, anchor, "checkpoint-root", "checkpoint-root");
    }

    [TestMethod]
    public void ARunningEpochThatIsSignedAgainWithItsKeyIsFoundWithAnAnchor()
    {
        using SealedSite site = OfTwoEpochs(out string anchor);
        using PrivateKey newest = Forger.KeyOf(site);
        new Forger(site, newest).Change(InTheLastRecord(site));

        Expect(site, anchor, "", "anchor");
    }

    [TestMethod]
    public void WhatNoCheckpointCoversCanBeChangedWhenTheWriterIsKilled()
    {
        using var site = new SealedSite();
        DirectoryCopy killed;
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 3);
            SealedSite.Sign(writer);
            site.Trust();
            do
            {
                SealedSite.Write(writer, 1);
                killed = new DirectoryCopy(site.LogDirectory);
            }
            while (!EndsInALeaf(killed["ledger/000001.ezl"]));
        }
        killed.Restore();
        string anchor = Encoding.UTF8.GetString(killed["ledger/checkpoint"]);
        new Forger(site, key: null).Change(InTheLastRecord(site));

        Expect(site, anchor, "", "");
        Assert.Contains("pending", site.Verify().Findings.Select(finding => finding.Code));
    }

    [TestMethod]
    public void AnOlderLedgerDoesNotVouchForNewerRecords()
    {
        using SealedSite site = OfOneEpoch();
        var older = new DirectoryCopy(site.PathOf("ledger"));
        site.Write(5);
        string anchor = Checkpoint(site);
        older.Restore();

        Expect(site, anchor, "unattested", "rollback unattested");
    }

    [TestMethod]
    public void ADirectoryThatWasTakenBackIsMissingNews()
    {
        using SealedSite site = OfOneEpoch();
        var older = new DirectoryCopy(site.LogDirectory);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        DateTimeOffset news = site.Clock.GetUtcNow();
        site.Write(5);
        string anchor = Checkpoint(site);
        older.Restore();

        Expect(site, anchor, "", "rollback");
        AuditVerification stale = AuditLedger.OpenDirectory(site.LogDirectory).WithKeys(site.Key).Verify(new AuditVerifyOptions { FreshUntil = news });
        Assert.AreEqual((AuditVerificationResult.Incomplete, "stale"), (stale.Result, stale.Findings.Single().Code));
    }

    [TestMethod]
    public void ALedgerThatWasCutOffInAPastEpochCannotBeContinued()
    {
        using SealedSite site = OfTwoEpochs(out string anchor, out DirectoryCopy past);
        past.Restore();
        using PrivateKey newest = Forger.KeyOf(site);
        new Forger(site, newest).Continue();

        Expect(site, anchor, "checkpoint-signature", "checkpoint-signature");
    }

    [TestMethod]
    public void AWriterThatContinuesALedgerThatWasCutOffInAPastEpochBeginsANewTrustRoot()
    {
        using SealedSite site = OfTwoEpochs(out string anchor, out DirectoryCopy past);
        past.Restore();
        File.Delete(site.Root["keys/seal.checkpoint"]);
        site.Write(5);

        Expect(site, anchor, "trust-root", "rollback trust-root");
    }

    [TestMethod]
    [DataRow(1, "rollback")]
    [DataRow(9, "anchor")]
    public void ALedgerThatWasCutOffInTheRunningEpochAndContinuedIsFoundWithAnAnchor(int records, string code)
    {
        using SealedSite site = OfOneEpoch();
        var older = new DirectoryCopy(site.LogDirectory);
        site.Write(5);
        string anchor = Checkpoint(site);
        older.Restore();
        File.Delete(site.Root["keys/seal.checkpoint"]);
        site.Write(records);

        Expect(site, anchor, "", code);
    }

    [TestMethod]
    [Fault(9)]
    [DataRow(1, "rollback")]
    [DataRow(40, "anchor")]
    public void AMachineThatWasTakenBackWithItsKeysIsFoundWithAnAnchor(int records, string code)
    {
        using SealedSite site = OfTwoEpochs(out string anchor, out DirectoryCopy past, out DirectoryCopy keys);
        past.Restore();
        keys.Restore();
        site.Write(records);

        Expect(site, anchor, "", code);
    }

    [TestMethod]
    public void ACheckpointThatIsTakenOutOfTheLedgerChangesNothing()
    {
        using SealedSite site = OfTwoEpochs(out string anchor);
        string[] lines = site.Lines();
        int first = Array.FindIndex(lines, line => line.StartsWith("c ", StringComparison.Ordinal));
        File.WriteAllLines(site.PathOf("ledger/000001.ezl"), [.. lines[..first], .. lines[(first + 5)..]]);

        Expect(site, anchor, "", "");
    }

    [TestMethod]
    public void AnOlderCheckpointFileAloneChangesNothing()
    {
        using SealedSite site = OfOneEpoch();
        string older = Checkpoint(site);
        site.Write(5);
        string anchor = Checkpoint(site);
        File.WriteAllText(site.PathOf("ledger/checkpoint"), older);

        Expect(site, anchor, "", "");
    }

    private static SealedSite OfOneEpoch()
    {
        var site = new SealedSite();
        site.Write(5);
        site.Trust();
        return site;
    }

    private static SealedSite OfTwoEpochs(out string anchor) => OfTwoEpochs(out anchor, out _, out _);

    private static SealedSite OfTwoEpochs(out string anchor, out DirectoryCopy past) => OfTwoEpochs(out anchor, out past, out _);

    /// <summary>A ledger of two epochs.</summary>
    /// <param name="anchor">Its newest checkpoint.</param>
    /// <param name="past">The log directory in the first epoch.</param>
    /// <param name="keys">The keys in the first epoch.</param>
    private static SealedSite OfTwoEpochs(out string anchor, out DirectoryCopy past, out DirectoryCopy keys)
    {
        var site = new SealedSite("Epoch=1m\n");
        site.Write(5);
        site.Trust();
        past = new DirectoryCopy(site.LogDirectory);
        keys = new DirectoryCopy(site.Root["keys"]);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        // This writer replaces the key, and the next one uses the new key.
        site.Write(5);
        site.Write(5);
        site.Expect();
        anchor = Checkpoint(site);
        return site;
    }

    private static string Checkpoint(SealedSite site) => File.ReadAllText(site.PathOf("ledger/checkpoint"));

    private static int InTheLastRecord(SealedSite site) => (int)new FileInfo(site.PathOf("login.log")).Length - 10;

    private static bool EndsInALeaf(byte[] ledger) => Encoding.UTF8.GetString(ledger).Split('\n') is [.., string line, ""] && line.StartsWith("r ", StringComparison.Ordinal);

    /// <summary>Fails unless exactly these findings, besides notes, are those without and with an anchor, and the other verifier has the same verdict.</summary>
    private static void Expect(SealedSite site, string anchor, string without, string with)
    {
        AuditVerification alone = site.Verify();
        AuditVerification anchored = site.Verify(anchor);
        Assert.AreEqual((without, with), (CodesOf(alone), CodesOf(anchored)), $"{string.Join('\n', alone.Findings)}\n\n{string.Join('\n', anchored.Findings)}");

        PythonVerifierTests.NeedPython();
        string path = site.Root.Write("anchor", anchor);
        string[] command = ["-B", Repository.PathOf("docs", "ezledger.py"), "verify", site.LogDirectory, .. site.TrustedKeys.SelectMany(key => new[] { "--key", key })];
        Assert.AreEqual((int)alone.Result, PythonVerifierTests.Run(command).ExitCode);
        Assert.AreEqual((int)anchored.Result, PythonVerifierTests.Run([.. command, "--anchor", path]).ExitCode);
    }

    private static string CodesOf(AuditVerification found) => string.Join(' ', found.Findings
        .Where(finding => finding.Severity != AuditFindingSeverity.Note).Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal));
}
