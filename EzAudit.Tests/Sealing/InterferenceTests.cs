using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing;

/// <summary>What the ledger says when somebody else writes, renames, truncates or removes files of a sealed directory.</summary>
[TestClass]
public sealed class InterferenceTests
{
    [TestMethod]
    public void RecordsOfAnotherProgramAreAdoptedAndNotAttested()
    {
        using var site = new SealedSite();
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 5);
            File.AppendAllText(site.PathOf("login.log"), "[ Nov 29 2026 10:00:00 ] [1.2.3.4] [eZ:14]\nUser: foreign\n\n");
            SealedSite.Write(writer, 5);
        }

        AuditFinding adopted = site.Expect("adopted").Findings.Single(finding => finding.Code == "adopted");

        Assert.AreEqual("[ Nov 29 2026 10:00:00 ] [1.2.3.4] [eZ:14]\nUser: foreign\n\n", File.ReadAllText(site.PathOf("login.log")).Substring((int)adopted.Offset!, (int)adopted.Length!));
    }

    [TestMethod]
    public void RecordsOfAnotherProgramInTheMiddleOfAWriteAreFound()
    {
        using var site = new SealedSite("[FunctionDefaults]\nDurability=os\n");
        using (AuditWriter writer = site.NewWriter())
        {
            // Written within one term of the lease: the writer does not look at the length in between.
            for (int i = 0; i < 200; i++)
            {
                SealedSite.Write(writer, 20);
                File.AppendAllText(site.PathOf("login.log"), "[ Nov 29 2026 10:00:00 ] [1.2.3.4] [eZ:14]\nUser: foreign\n\n");
            }
        }

        AuditVerification found = site.Expect("adopted");

        Assert.AreEqual(4000, found.Records);
    }

    [TestMethod]
    public void AFileThatLogrotateRenamedIsFoundByItsContent()
    {
        using var site = new SealedSite();
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 5);
            File.Move(site.PathOf("login.log"), site.PathOf("login.log-20261129"));
            SealedSite.Write(writer, 5);
        }

        Assert.AreEqual(10, site.Expect().Records);
    }

    [TestMethod]
    public void AFileThatWasCopiedAndTruncatedIsFoundInTheCopy()
    {
        using var site = new SealedSite();
        site.Write(5);
        File.Copy(site.PathOf("login.log"), site.PathOf("login.log.1"));
        Truncate(site.PathOf("login.log"), 0);
        site.Write(5);

        Assert.AreEqual(10, site.Expect().Records);
    }

    [TestMethod]
    public void ATruncatedFileIsNoticedByTheNextWriter()
    {
        var log = new FakeLoggerFactory();
        using var site = new SealedSite();
        site.Write(5);
        Truncate(site.PathOf("login.log"), new FileInfo(site.PathOf("login.log")).Length * 3 / 5);
        using (AuditWriter writer = site.NewWriter(log)) SealedSite.Write(writer, 1);

        Assert.HasCount(1, site.Leaves(LeafKind.Shortened));
        Assert.Contains("that the ledger vouches for", string.Join('\n', log.Messages));
        site.Expect("shortened");
    }

    [TestMethod]
    public void ARemovedFileIsMissing()
    {
        using var site = new SealedSite();
        site.Write(5);
        File.Delete(site.PathOf("login.log"));
        site.Write(5);

        site.Expect("missing-file");
    }

    [TestMethod]
    public void ALineThatAKilledWriterLeftUnfinishedIsClosed()
    {
        using var site = new SealedSite();
        site.Write(5);
        File.AppendAllText(site.PathOf("ledger/000001.ezl"), "r 9 1795966725904642 1 0 3");
        site.Write(5);

        AuditVerification found = site.Expect();

        Assert.AreEqual(10, found.Records);
        Assert.Contains("torn-line", found.Findings.Select(finding => finding.Code));
    }

    [TestMethod]
    [Fault(9)]
    public void ALedgerThatWasTakenBackIsNoticed()
    {
        var log = new FakeLoggerFactory();
        using var site = new SealedSite();
        site.Write(5);
        site.Trust();
        byte[] earlier = File.ReadAllBytes(site.PathOf("ledger/000001.ezl"));
        byte[] checkpoint = File.ReadAllBytes(site.PathOf("ledger/checkpoint"));
        byte[] records = File.ReadAllBytes(site.PathOf("login.log"));
        site.Write(5);
        File.WriteAllBytes(site.PathOf("ledger/000001.ezl"), earlier);
        File.WriteAllBytes(site.PathOf("ledger/checkpoint"), checkpoint);
        File.WriteAllBytes(site.PathOf("login.log"), records);
        using (AuditWriter writer = site.NewWriter(log)) SealedSite.Write(writer, 1);

        Assert.Contains("taken back", string.Join('\n', log.Messages));
        site.Expect("trust-root");
    }

    [TestMethod]
    public void ARemovedLedgerIsReplacedByANewTrustRoot()
    {
        using var site = new SealedSite();
        site.Write(5);
        site.Trust();
        Directory.Delete(site.PathOf("ledger"), recursive: true);
        site.Write(5);

        Assert.AreEqual(AuditVerificationResult.Tampered, site.Verify().Result);
    }

    [TestMethod]
    public void ALedgerThatIsRemovedUnderTheWriterIsReplaced()
    {
        using var site = new SealedSite();
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 5);
            Directory.Delete(site.PathOf("ledger"), recursive: true);
            SealedSite.Write(writer, 5);
        }

        Assert.IsNotEmpty(site.Leaves(LeafKind.Genesis));
        Assert.AreEqual(5, site.Verify().Records);
    }

    [TestMethod]
    public void ALedgerThatIsMovedAwayUnderTheWriterIsReplaced()
    {
        using var site = new SealedSite("[FunctionDefaults]\nDurability=disk\n");
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 5);
            Directory.Move(site.PathOf("ledger"), site.Root["elsewhere"]);
            // The writer looks where the path leads every few milliseconds.
            for (int i = 0; i < 10_000 && !Directory.Exists(site.PathOf("ledger")); i++) SealedSite.Write(writer, 1);
            SealedSite.Write(writer, 5);
        }

        Assert.IsNotEmpty(site.Leaves(LeafKind.Genesis));
        Assert.IsGreaterThanOrEqualTo(5, site.Verify().Records);
    }

    private static void Truncate(string path, long length)
    {
        using FileStream file = new(path, FileMode.Open);
        file.SetLength(length);
    }
}
