using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing;

/// <summary>What a writer records in the ledger of its log directory.</summary>
[TestClass]
public sealed class SealedWriterTests
{
    [TestMethod]
    [DataRow("disk")]
    [DataRow("os")]
    [DataRow("queue")]
    public void EveryRecordIsAttested(string durability)
    {
        using var site = new SealedSite($"[FunctionDefaults]\nDurability={durability}\n");
        site.Write(300);

        AuditVerification found = site.Expect();

        Assert.AreEqual((300L, new FileInfo(site.PathOf("login.log")).Length), (found.Records, found.AttestedBytes));
        Assert.AreEqual(AuditVerificationResult.Intact, found.Result);
    }

    [TestMethod]
    public void ThreadsThatMeetShareLeaves()
    {
        using var site = new SealedSite();
        using (AuditWriter writer = site.NewWriter()) Parallel.For(0, 8, _ => SealedSite.Write(writer, 50));

        Assert.AreEqual(400, site.Expect().Records);
    }

    [TestMethod]
    [DataRow(0, 100)]
    [DataRow(1000, 12)]
    public void LeafBytesLimitsWhatALeafCovers(int bytes, int mostRecords)
    {
        using var site = new SealedSite($"LeafBytes={bytes}\n[FunctionDefaults]\nDurability=os\n");
        site.Write(100);

        Assert.AreEqual(100, site.Expect().Records);
        long[] lengths = [.. site.Leaves(LeafKind.Records).Select(line => long.Parse(line.Split(' ')[5], System.Globalization.CultureInfo.InvariantCulture))];
        if (bytes == 0) Assert.HasCount(mostRecords, lengths);
        else Assert.IsLessThanOrEqualTo(bytes, lengths.Max());
    }

    [TestMethod]
    public void LogFilesAreTheSameWithAndWithoutSealing()
    {
        using var sealedSite = new SealedSite("LeafBytes=100\n[RotationSettings]\nMaxFileSize=2KiB\nKeepFiles=3\n");
        using var plain = new AuditSite($"{AuditSite.Enabled}[RotationSettings]\nMaxFileSize=2KiB\nKeepFiles=3\n");
        using (AuditWriter writer = sealedSite.NewWriter())
        {
            for (int i = 0; i < 100; i++) Assert.IsTrue(writer.WriteAudit("user-login", ("Number", i)) & plain.Writer.WriteAudit("user-login", ("Number", i)));
        }
        plain.Writer.Dispose();

        string[] names = [.. Directory.EnumerateFiles(sealedSite.LogDirectory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.AreEqual(string.Join(' ', names), string.Join(' ', Directory.EnumerateFiles(plain.Root[AuditSite.LogDirectory]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)));
        foreach (string name in names) Assert.AreSequenceEqual(File.ReadAllBytes(sealedSite.PathOf(name)), File.ReadAllBytes(plain.Root[$"{AuditSite.LogDirectory}/{name}"]));
    }

    [TestMethod]
    [DataRow("dated", "none")]
    [DataRow("numbered", "none")]
    [DataRow("dated", "gzip")]
    [DataRow("numbered", "gzip")]
    public void RotatedFilesAreFoundAndRemovedOnesAreMentioned(string naming, string compress)
    {
        using var site = new SealedSite($"[RotationSettings]\nMaxFileSize=2KiB\nNaming={naming}\nCompress={compress}\nKeepFiles=3\n");
        site.Write(200);

        Assert.IsNotEmpty(site.Leaves(LeafKind.Removed));
        site.Expect();
    }

    [TestMethod]
    [DataRow("dated", "none")]
    [DataRow("numbered", "none")]
    [DataRow("dated", "gzip")]
    [DataRow("numbered", "gzip")]
    public void AFileMayBeRemovedBeforeTheLinesOfAnotherWriterAreInTheLedger(string naming, string compress)
    {
        using var site = new SealedSite($"[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize=300\nNaming={naming}\nCompress={compress}\nKeepFiles=1\n");
        using (AuditWriter one = site.NewWriter())
        using (AuditWriter other = site.NewWriter())
        {
            for (int i = 0; i < 20; i++)
            {
                SealedSite.Write(one, 1);
                SealedSite.Write(other, 10);
            }
        }

        site.Expect();
    }

    [TestMethod]
    [DataRow("dated")]
    [DataRow("numbered")]
    public void ADirectoryMayBeVerifiedWhileItsFilesAreRotatedCompressedAndRemoved(string naming)
    {
        using var site = new SealedSite($"[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize=20KiB\nNaming={naming}\nCompress=gzip\nKeepFiles=20\n");
        using AuditWriter writer = site.NewWriter();
        SealedSite.Write(writer, 1);
        using var stopped = new CancellationTokenSource();
        Task writing = Task.Run(() =>
        {
            while (!stopped.IsCancellationRequested) SealedSite.Write(writer, 20);
        });
        for (int i = 0; i < 10; i++)
        {
            AuditVerification found = site.Verify();
            Assert.AreNotEqual(AuditVerificationResult.Tampered, found.Result, string.Join('\n', found.Findings));
        }
        stopped.Cancel();
        writing.Wait();
    }

    [TestMethod]
    public void AFileOfAnotherProgramThatCannotBeReadDisturbsNothing()
    {
        using var site = new SealedSite();
        site.Write(10);
        // .NET locks it: opening it fails, also for root.
        using var locked = new FileStream(site.PathOf("notes.txt"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        Assert.AreEqual(10, site.Expect().Records);
    }

    [TestMethod]
    public void TheNextWriterContinuesTheLedger()
    {
        using var site = new SealedSite();
        site.Write(10);
        site.Write(10);

        Assert.AreEqual(20, site.Expect().Records);
        Assert.HasCount(1, site.Leaves(LeafKind.Genesis));
        Assert.HasCount(2, site.Leaves(LeafKind.Started));
        Assert.HasCount(2, site.Leaves(LeafKind.Stopped));
        Assert.HasCount(1, site.Leaves(LeafKind.File));
    }

    [TestMethod]
    public void FilesThatAreOlderThanTheLedgerAreNotVouchedFor()
    {
        using var site = new SealedSite();
        Directory.CreateDirectory(site.LogDirectory);
        File.WriteAllText(site.PathOf("login.log"), "[ old ]\n\n");
        site.Write(10);

        AuditVerification found = site.Expect();

        Assert.AreEqual(10, found.Records);
        Assert.AreEqual("base", found.Findings.Single(finding => finding.File == "login.log").Code);
    }

    [TestMethod]
    public void TwoWritersShareALedger()
    {
        using var site = new SealedSite("[RotationSettings]\nMaxFileSize=4KiB\n");
        using (AuditWriter one = site.NewWriter())
        using (AuditWriter other = site.NewWriter())
        {
            Parallel.ForEach([one, other], writer => SealedSite.Write(writer, 100));
        }

        Assert.AreEqual(200, site.Expect().Records);
    }

    [TestMethod]
    public void AnEditOfTheSettingsIsInTheLedger()
    {
        using var site = new SealedSite();
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 1);
            site.Root.Write("settings/audit.ini", SealedSite.Settings + "# edited\n[DiskSettings]\nLowSpace=1MiB\n");
            Until.True(() => site.Leaves(LeafKind.Settings).Length > 1, "the edit is in the ledger");
            SealedSite.Write(writer, 1);
        }

        Assert.AreEqual(2, site.Expect().Records);
    }

    [TestMethod]
    public void SealingCanBeSwitchedOnAndOffWhileTheWriterRuns()
    {
        using var site = new SealedSite();
        site.Root.Write("settings/audit.ini", AuditSite.Enabled);
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 3);
            site.Root.Write("settings/audit.ini", SealedSite.Settings);
            Until.True(() => Directory.Exists(site.PathOf("ledger")) && site.Leaves(LeafKind.Settings).Length > 0, "sealing is on");
            SealedSite.Write(writer, 4);
        }

        Assert.AreEqual(4, site.Expect().Records);
    }

    [TestMethod]
    public void ALossIsInTheLedger()
    {
        using var site = new SealedSite("[FunctionDefaults]\nOnFailure=continue\n");
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 1);
            File.Move(site.PathOf("login.log"), site.PathOf("login.log.1"));
            using (new Obstruction(site.PathOf("login.log"))) Assert.IsFalse(writer.WriteAudit("user-login", ("User", "lost")));
            SealedSite.Write(writer, 1);
        }

        AuditFinding loss = site.Expect("dropped").Findings.Single(finding => finding.Code == "dropped");
        Assert.Contains("1 record", loss.Problem);
    }
}
