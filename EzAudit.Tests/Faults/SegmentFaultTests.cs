using System.Text.RegularExpressions;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Kills while a writer begins another segment of the ledger: what was acknowledged at Durability=disk is attested, and the next writer continues.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed partial class SegmentFaultTests
{
    private const string Settings = $"{AuditSite.Enabled}[SealSettings]\nSeal=enabled\nKeyDir=keys\n[FunctionDefaults]\nDurability=disk\n";
    private const string Calls = "openat,openat2,write,fdatasync,fsync,renameat2";
    private const int SegmentBytes = 4096;

    // So that it fills one segment, and not a second one.
    private const int Count = 50;

    [TestMethod]
    [Fault(3)]
    public async Task AWriterMayBeKilledAtEachCallThatBeginsASegment()
    {
        Needs.Programs("strace");
        (string Call, int Number)[] calls = await List();
        var tally = new Tally("kill -9 at each call that begins a segment");
        int killed = 0;
        foreach ((string call, int number) in calls) killed += await KillAt(tally, call, number) ? 1 : 0;
        tally.Report();

        Assert.AreEqual(calls.Length, killed);
        foreach (string call in new[] { "write", "renameat2" }) Assert.Contains(call, calls.Select(one => one.Call));
    }

    [TestMethod]
    [Fault(3)]
    public async Task OneOfTwoProcessesThatShareSegmentsMayBeKilled()
    {
        var tally = new Tally("kill -9, two processes, many segments");
        int trials = FaultForm.Choose(2, 100);
        for (int seed = 0; seed < trials; seed++) await KillOneOfTwo(tally, seed);
        tally.Report();
    }

    private static async Task KillOneOfTwo(Tally tally, int seed)
    {
        var random = new Random(seed);
        using var site = new AuditSite(Settings);
        using Flood killed = Flood.OfSegments([], site.Root.Path, "killed", int.MaxValue, SegmentBytes);
        using Flood other = Flood.OfSegments([], site.Root.Path, "other", 1000, SegmentBytes);
        killed.WaitUntilReady();
        other.WaitUntilReady();
        await Task.WhenAll(killed.Run(random.Next(50, 1500), killed.Kill), other.Run());
        Assert.IsEmpty(other.Failures);
        CheckSuccessor(tally, site, $"seed {seed}", [.. killed.Acknowledged, .. other.Acknowledged]);
        Assert.IsTrue(site.Has("ledger/000002.ezl"));
    }

    /// <summary>Kills a writer when it enters a call for the given time, and lets another one continue; false if it ended before.</summary>
    private static async Task<bool> KillAt(Tally tally, string call, int number)
    {
        using AuditSite site = Begun();
        using Flood flood = Flood.OfSegments(Strace(site, $"-e inject={call}:signal=SIGKILL:when={number}"), site.Root.Path, "p", Count, SegmentBytes);
        flood.WaitUntilReady();
        await flood.Run();
        Assert.IsEmpty(flood.Failures);
        bool isKilled = flood.WaitForExit() != 0;
        CheckSuccessor(tally, site, $"{call}, {number}", flood.Acknowledged);
        return isKilled;
    }

    private static void CheckSuccessor(Tally tally, AuditSite site, string trial, IReadOnlyCollection<string> acknowledged)
    {
        SealedFaultTests.Check(tally, site, $"{trial}, before the successor", acknowledged);
        Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", "successor", 50));
        site.Writer.Dispose();
        SealedFaultTests.Check(tally, site, trial, [.. acknowledged, "successor"]);
        tally.Add([.. acknowledged, "successor"], Survey.Of("login.log", site.Root[AuditSite.LogDirectory]), trial);
        AgreeWithPython(site, trial);
    }

    private static void AgreeWithPython(AuditSite site, string trial)
    {
        Sealing.PythonVerifierTests.NeedPython();
        string key = site.Root.Read("keys/seal.vkey").Trim();
        var ours = AuditLedger.OpenDirectory(site.Root[AuditSite.LogDirectory]).WithKeys(key).Verify();
        var (exitCode, output, _) = Sealing.PythonVerifierTests.Run("-B", Repository.PathOf("docs", "ezledger.py"), "verify", site.Root[AuditSite.LogDirectory], "--key", key);
        Assert.AreEqual((int)ours.Result, exitCode, $"{trial}: {output}\n{string.Join('\n', ours.Findings)}");
        Assert.Contains($"{ours.Leaves} leaves, {ours.Checkpoints} checkpoints, {ours.Records} records in {ours.AttestedBytes} bytes", output, trial);
    }

    // With its first segment, which is written as a draft as well.
    private static AuditSite Begun()
    {
        var site = new AuditSite(Settings);
        using AuditWriter first = new AuditWriterBuilder(site.Root.Path).Build();
        Assert.IsTrue(NumberedRecord.Write(first, "user-login", "first", 50));
        return site;
    }

    // The calls that concern the draft of the second segment, and that segment, each with its number among the calls of that name.
    private static async Task<(string, int)[]> List()
    {
        using AuditSite site = Begun();
        using (Flood flood = Flood.OfSegments(Strace(site, ""), site.Root.Path, "p", Count, SegmentBytes))
        {
            flood.WaitUntilReady();
            await flood.Run();
            Assert.IsEmpty(flood.Failures);
        }
        Assert.IsTrue(site.Has("ledger/000002.ezl"));
        Assert.IsFalse(site.Has("ledger/000003.ezl"));
        // One thread begins the segment.
        return [.. File.ReadLines(site.Root["trace"]).Select(line => CallOf().Match(line)).Where(match => match.Success)
            .GroupBy(match => (Thread: match.Groups[1].Value, Call: match.Groups[2].Value))
            .SelectMany(group => Enumerable.Range(1, group.Count()).Select(number => (group.Key.Call, number))).Distinct()];
    }

    // The writer keeps the process id of the shell, because strace traces from a grandchild: so the name of the draft is known.
    private static string[] Strace(AuditSite site, string inject)
    {
        string ledger = site.Root[$"{AuditSite.LogDirectory}/ledger"];
        string paths = string.Join(' ', new[] { ledger, "ledger/$$.tmp", $"{ledger}/$$.tmp", "ledger/000002.ezl", $"{ledger}/000002.ezl" }.Select(path => $"-P {path}"));
        return ["sh", "-c", $"exec strace -D -f -qq -o {site.Root["trace"]} {paths} -e trace={Calls} {inject} \"$@\"", "sh"];
    }

    [GeneratedRegex(@"^(\d+)\s+(\w+)\(")]
    private static partial Regex CallOf();
}
