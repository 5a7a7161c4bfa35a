using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using EzAudit.Spooling;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>A power cut while records wait for the server: records that a required target acknowledged at Durability=disk are in the spool afterwards.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed partial class SyslogPowerCutTests
{
    private const int Threads = 4;
    private const string SpoolDirectory = "var/spool/audit/log";

    [TestMethod]
    [DataRow("user-login", DisplayName = "disk alone")]
    [DataRow("user-login,order-delete", DisplayName = "disk and os in one spool")]
    public async Task WhatWasAcknowledgedIsInTheSpoolAfterAPowerCut(string functions)
    {
        Needs.Root("mkfs.ext4", "e2fsck", "mount", "umount");
        int trials = FaultForm.Choose(6, 60);
        int acknowledged = 0;
        for (int seed = 0; seed < trials; seed++) acknowledged += await Trial(functions, seed);
        Console.WriteLine($"power cut, spool, {functions}: {trials} trials, {acknowledged} acknowledged, 0 lost");
        Assert.IsGreaterThan(trials, acknowledged);
    }

    private static async Task<int> Trial(string functions, int seed)
    {
        var random = new Random(seed);
        // Every third cut comes right after the first record, when the directories are new as well. Others come after more than a segment.
        int number = seed % 3 == 0 ? 1 : random.Next(2, 3000);
        using AuditSite site = SyslogSite.Make(
            $"Transport=tcp\nHost=127.0.0.1\nPort={SyslogServer.FreePort(SocketType.Stream)}\nMaxBytes=64KiB\n[Function-order-delete]\nDurability=os\n[PluginSettings]\nPlugins[]=EzAudit.Syslog\n",
            "disk", "log");
        using var disk = new LoopDisk(site.Root["var"]);
        string[] acknowledged = [];
        using (var flood = new Flood(site.Root.Path, "p", Threads, size: random.Next(50, 5000), function: functions))
        {
            flood.WaitUntilReady();
            await flood.Run(number, () =>
            {
                // Only what was printed before the cut counts: see PowerCutTests.
                acknowledged = [.. flood.Acknowledged];
                disk.CutPower();
                flood.Kill();
            });
        }
        disk.Restart();
        // The threads alternate between the two functions: even ones write at Durability=disk.
        string[] onDisk = [.. acknowledged.Where(id => !functions.Contains(',', StringComparison.Ordinal) || (id[2] - '0') % 2 == 0)];
        HashSet<string> found = InSpool(site.Root[SpoolDirectory]);
        string[] lost = [.. onDisk.Where(id => !found.Contains(id))];
        Assert.IsEmpty(lost, $"seed {seed}, cut at {number}: lost {string.Join(", ", lost.Take(10))}");
        return onDisk.Length;
    }

    [GeneratedRegex(" Id=\"([^\"]*)\"")]
    private static partial Regex IdField();

    private static HashSet<string> InSpool(string directory)
    {
        var found = new HashSet<string>();
        while (SpoolFolder.TryAdopt(directory, out SpoolFolder? folder))
        {
            using var run = new SpoolRun(folder, end: null, Console.WriteLine);
            while (run.TryRead(out ReadOnlySpan<byte> record)) found.Add(IdField().Match(Encoding.UTF8.GetString(record)).Groups[1].Value);
            run.Delete();
        }
        return found;
    }
}
