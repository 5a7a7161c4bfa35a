using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Faults in a sealed directory: it verifies, or says exactly what is incomplete; at Durability=disk, whatever was acknowledged before a kill is attested.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class SealedFaultTests
{
    private const string Sealed = $"{AuditSite.Enabled}[SealSettings]\nSeal=enabled\nKeyDir=keys\nEpoch=1m\n";

    [TestMethod]
    [Fault(3)]
    [DataRow("disk", 1)]
    [DataRow("disk", 3)]
    [DataRow("os", 3)]
    public async Task WhatAKilledWriterAcknowledgedIsAttested(string durability, int processes)
    {
        var tally = new Tally($"kill -9, sealed, {durability}, {processes} processes");
        int trials = FaultForm.Choose(5, 250);
        for (int seed = 0; seed < trials; seed++) await KillTrial(tally, seed, durability, processes);
        tally.Report();
    }

    [TestMethod]
    [Fault(3)]
    public async Task APowerCutLosesNothingThatACheckpointCovers()
    {
        Needs.Root("mkfs.ext4", "e2fsck", "mount", "umount");
        var tally = new Tally("power cut, sealed, disk");
        int trials = FaultForm.Choose(4, 100);
        for (int seed = 0; seed < trials; seed++) await PowerCutTrial(tally, seed);
        tally.Report();
    }

    [TestMethod]
    [Fault(3)]
    public void AFullDiskUnderTheLedgerAloneFailsRecordsUntilThereIsSpace()
    {
        using var site = new AuditSite(Sealed);
        using (var disk = new SmallDisk(site.Root[$"{AuditSite.LogDirectory}/ledger"]))
        {
            Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", "before", 50));
            disk.Fill();
            var refused = Assert.ThrowsExactly<AuditWriteException>(() =>
            {
                // A page of the ledger may still have room.
                for (int i = 0; i < 100; i++) NumberedRecord.Write(site.Writer, "user-login", $"full {i}", 50);
            });
            Assert.AreEqual((AuditWriteStage.Seal, true), (refused.Stage, refused.MayBeStored));
            Assert.AreNotEqual(AuditHealthState.Healthy, site.Writer.Health.State);

            disk.Empty();
            Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", "after", 50));
            site.Writer.Dispose();
            AuditVerification found = Verify(site);
            Assert.AreEqual(AuditVerificationResult.Intact, found.Result, string.Join('\n', found.Findings));
        }
    }

    [TestMethod]
    [Fault(14)]
    [DataRow("EIO", "failed Sync EIO True ")]
    [DataRow("ENOSPC", "failed Sync ENOSPC True ")]
    [DataRow("ENOSYS", "stored")]
    public void ASyncThatFailsAtItsBeginningFails(string error, string expected)
    {
        Needs.Programs("strace");
        var tally = new Tally($"{error} at the beginning of a sync, sealed");
        using var site = new AuditSite($"{Sealed}[FunctionDefaults]\nDurability=disk\n");
        string inject = $"inject=sync_file_range:error={error}:when=2";
        using CommandedProcess child = CommandedProcess.Start(
            site.Root.Path, ["strace", "-f", "-qq", "-o", site.Root["trace"], "-e", "trace=sync_file_range", "-e", inject, "-P", site.Root[$"{AuditSite.LogDirectory}/login.log"]]);
        Assert.AreEqual("stored", child.Write("first"));
        Assert.StartsWith(expected, child.Write("second"));
        Assert.AreEqual("stored", child.Write("third"));
        child.Finish();

        Check(tally, site, error, ["first", "second", "third"]);
        tally.Report();
    }

    [TestMethod]
    [Fault(3)]
    public void AFullDiskUnderTheLedgerAloneDelaysTheNamesOfRotatedFiles()
    {
        using var site = new AuditSite($"{Sealed}[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize=4KiB\nKeepFiles=60\nCompress=gzip\n");
        string ledger = site.Root[$"{AuditSite.LogDirectory}/ledger"];
        string[] RotatedFiles() => Directory.GetFiles(site.Root[AuditSite.LogDirectory], "login.log.*");
        using (var disk = new SmallDisk(ledger, "256k"))
        {
            Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", "before", 50));
            disk.Fill();
            for (int i = 0; i < 1_000; i++) Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", $"full {i}", 50));
            int rotated = RotatedFiles().Length;
            Assert.IsGreaterThan(Directory.EnumerateFiles(ledger).SelectMany(File.ReadLines).Count(line => line.StartsWith("m ", StringComparison.Ordinal)), rotated);

            disk.Empty();
            for (int i = 0; i < 3_000; i++) Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", $"after {i}", 50));
            site.Writer.Dispose();
            Assert.IsLessThan(65, RotatedFiles().Length);
            AuditVerification found = Verify(site);
            Assert.AreEqual(AuditVerificationResult.Intact, found.Result, string.Join('\n', found.Findings));
        }
    }

    [TestMethod]
    [Fault(3)]
    [DataRow("dated", 5)]
    [DataRow("numbered", 3)]
    public async Task FourProcessesWithRotationCompressionRetentionAndKillsVerify(string naming, int keep)
    {
        int count = FaultForm.Choose(2_000, 20_000);
        int size = FaultForm.Choose(64, 512);
        using var site = new AuditSite(
            $"{Sealed}[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize={size}KiB\nNaming={naming}\nCompress=gzip\nKeepFiles={keep}\n");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => WriteKilledTwice(site, worker, count)));
        Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", "successor", 50));
        site.Writer.Dispose();

        AuditVerification found = Verify(site);

        Assert.AreNotEqual(AuditVerificationResult.Tampered, found.Result, string.Join('\n', found.Findings));
        string[] codes = [.. found.Findings.Where(finding => finding.Severity == AuditFindingSeverity.Incomplete).Select(finding => finding.Code).Distinct()];
        Assert.IsEmpty(codes.Except(["adopted", "unattested", "torn"]));
    }

    /// <summary>Complains if a directory was tampered with, or if a record that must be attested is not.</summary>
    internal static void Check(Tally tally, AuditSite site, string trial, IReadOnlyCollection<string> attested)
    {
        AuditVerification found = Verify(site);
        if (found.Result == AuditVerificationResult.Tampered || found.Problem is not null) tally.Complain($"{trial}: {found.Problem} {string.Join('\n', found.Findings)}");
        foreach (string id in Unattested(site, found).Intersect(attested)) tally.Complain($"{trial}: {id} was acknowledged, and is not attested");
    }

    private static AuditVerification Verify(AuditSite site) =>
        AuditLedger.OpenDirectory(site.Root[AuditSite.LogDirectory]).WithKeys(site.Root.Read("keys/seal.vkey").Trim()).Verify();

    // The records that overlap with bytes for which nothing vouches.
    private static IEnumerable<string> Unattested(AuditSite site, AuditVerification found)
    {
        foreach (IGrouping<string, AuditFinding> file in found.Findings.Where(finding => finding.Code is "adopted" or "unattested" or "torn").GroupBy(finding => finding.File!))
        {
            foreach (AuditFoundRecord item in ReadBack.Of(site.Root[$"{AuditSite.LogDirectory}/{file.Key}"]).Records)
            {
                bool isInside = file.Any(finding => finding.Offset is not { } start || (item.Offset >= start && item.Offset < start + finding.Length));
                if (isInside && NumberedRecord.WholeId(item.Record) is { } id) yield return id;
            }
        }
    }

    // Two processes that are killed on the way, and one that writes to the end.
    private static async Task WriteKilledTwice(AuditSite site, int worker, int count)
    {
        var random = new Random(worker);
        for (int round = 0; round < 3; round++)
        {
            using var flood = new Flood(site.Root.Path, $"w{worker}r{round}", threads: 2, 200, count / 2);
            flood.WaitUntilReady();
            await flood.Run(round < 2 ? random.Next(1, count) : -1, flood.Kill);
            Assert.IsEmpty(flood.Failures);
        }
    }

    private static async Task KillTrial(Tally tally, int seed, string durability, int processes)
    {
        var random = new Random(seed);
        bool rotates = random.Next(3) == 0;
        string trial = $"seed {seed}{(rotates ? ", rotating" : "")}";
        using var site = new AuditSite($"{Sealed}[FunctionDefaults]\nDurability={durability}\n[RotationSettings]\nMaxFileSize={(rotates ? 4096 : 0)}\n");
        Flood[] floods = [.. Enumerable.Range(0, processes).Select(i => new Flood(site.Root.Path, $"p{i}", threads: 3, 300))];
        try
        {
            foreach (Flood flood in floods) flood.WaitUntilReady();
            await Task.WhenAll(floods.Select(flood => flood.Run(random.Next(1, 400), flood.Kill)));
            string[] acknowledged = [.. floods.SelectMany(flood => flood.Acknowledged)];
            Check(tally, site, $"{trial}, before the successor", durability == "disk" ? acknowledged : []);
            if (!NumberedRecord.Write(site.Writer, "user-login", "successor", 50)) tally.Complain($"{trial}: the successor's record was refused");
            site.Writer.Dispose();
            Check(tally, site, trial, durability == "disk" ? [.. acknowledged, "successor"] : ["successor"]);
            tally.Add([.. acknowledged, "successor"], Survey.Of("login.log", site.Root[AuditSite.LogDirectory]), trial);
        }
        finally
        {
            foreach (Flood flood in floods) flood.Dispose();
        }
    }

    private static async Task PowerCutTrial(Tally tally, int seed)
    {
        var random = new Random(seed);
        int number = seed % 2 == 0 ? random.Next(2, 400) : random.Next(1_000, 3_000);
        string trial = $"seed {seed}, cut at {number}";
        using var site = new AuditSite($"{Sealed}[FunctionDefaults]\nDurability=disk\n[RotationSettings]\nMaxFileSize={(seed % 4 < 2 ? 0 : 64 << 10)}\n");
        using var disk = new LoopDisk(site.Root["var"]);
        using (var flood = new Flood(site.Root.Path, "p", threads: 3, 300))
        {
            flood.WaitUntilReady();
            string[] acknowledged = [];
            await flood.Run(number, () =>
            {
                acknowledged = [.. flood.Acknowledged];
                disk.CutPower();
                flood.Kill();
            });
            disk.Restart();
            tally.Add(acknowledged, Survey.Of("login.log", site.Root[AuditSite.LogDirectory]), trial, mayBeDamaged: true);
        }
        // What had no line in the ledger on disk is adopted by the successor.
        if (!NumberedRecord.Write(site.Writer, "user-login", "successor", 50)) tally.Complain($"{trial}: the successor's record was refused");
        site.Writer.Dispose();
        Check(tally, site, trial, ["successor"]);
    }
}
