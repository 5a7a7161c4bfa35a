using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>A power cut at any moment, on a separate disk: what was acknowledged at Durability=disk is there after the restart.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class PowerCutTests
{
    private static readonly int[] Sizes = [300, 5_000, 70_000];

    [TestMethod]
    [Fault(4, 5)]
    public async Task WhatWasAcknowledgedSurvivesAPowerCut()
    {
        Needs.Root("mkfs.ext4", "e2fsck", "mount", "umount");
        var tally = new Tally("power cut, disk");
        int trials = FaultForm.Choose(6, 100);
        for (int seed = 0; seed < trials; seed++) await Trial(tally, seed);
        tally.Report();
    }

    private static async Task Trial(Tally tally, int seed)
    {
        var random = new Random(seed);
        int size = Sizes[seed / 2 % Sizes.Length];
        bool rotates = seed % 2 == 1;
        // Every third cut comes right after the first record, when the directories are new as well.
        int number = seed % 3 == 0 ? 1 : random.Next(2, 1_500_000 / (size + 10_000));
        string trial = $"seed {seed}, {size} bytes, cut at {number}{(rotates ? ", rotating" : "")}";
        using var site = new AuditSite(
            $"{AuditSite.Enabled}[FunctionDefaults]\nDurability=disk\n[RotationSettings]\nMaxFileSize={(rotates ? 4 * size : 0)}\nNaming={(seed % 4 == 1 ? "numbered" : "dated")}\n");
        using var disk = new LoopDisk(site.Root["var"]);
        using (var flood = new Flood(site.Root.Path, "p", threads: 3, size))
        {
            flood.WaitUntilReady();
            string[] acknowledged = [];
            await flood.Run(number, () =>
            {
                // Only what was printed before the cut counts. A machine without power prints nothing, but ext4, while it is being shut down, lets a
                // running fdatasync return 0 although the record is not on disk. A single-threaded program that only writes and calls fdatasync
                // shows it in 3 of 60 trials (Linux 6.18).
                acknowledged = [.. flood.Acknowledged];
                disk.CutPower();
                flood.Kill();
            });
            foreach (string failure in flood.Failures.Where(failure => !failure.Contains("AuditWriteException", StringComparison.Ordinal))) tally.Complain($"{trial}: {failure}");
            disk.Restart();
            tally.Add(acknowledged, Survey.Of("login.log", site.Root[AuditSite.LogDirectory]), trial, mayBeDamaged: true);
        }
        if (!NumberedRecord.Write(site.Writer, "user-login", "successor", 50)) tally.Complain($"{trial}: the successor's record was refused");
        if (!Survey.Of("login.log", site.Root[AuditSite.LogDirectory]).Whole.ContainsKey("successor")) tally.Complain($"{trial}: the successor's record is lost");
        // Close the site before its disk: open files would hold the mount.
        site.Writer.Dispose();
    }
}
