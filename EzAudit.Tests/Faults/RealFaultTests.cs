using System.Text.RegularExpressions;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Disks that are full, broken, read-only or gone: each call reports what happened to its record, and all is well once the cause is gone.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class RealFaultTests
{
    private const string OnDisk = AuditSite.Enabled + "[FunctionDefaults]\nDurability=disk\n";

    [TestMethod]
    [Fault(10, 11)]
    public void AFullDiskTearsNothingThatWasAcknowledged()
    {
        using var site = new AuditSite(OnDisk);
        using var disk = new SmallDisk(site.Root["var"]);
        string ballast = site.Root.Write("var/ballast", new string('b', 16_384));
        var records = new RecordLog(site);
        AuditWriteException? failure = null;
        for (int i = 0; failure is null; i++) failure = records.Write($"before{i}", 20 + i % 90);
        Assert.AreEqual(AuditWriteStage.Write, failure.Stage);
        Assert.IsFalse(failure.MayBeStored);
        // The second record finds no space at all, not even to terminate the torn one.
        failure = records.Write("full", 5_000);
        Assert.IsNotNull(failure);
        Assert.AreEqual(AuditWriteStage.Write, failure.Stage);
        File.Delete(ballast);
        for (int i = 0; i < 10; i++) Assert.IsNull(records.Write($"after{i}", 50));
        records.Report("disk full (64 KiB), space returns");
        // Close the site before its disk: open files would hold the mount.
        site.Writer.Dispose();
    }

    [TestMethod]
    [Fault(10)]
    public void AQueueWaitsForRoomOnAFullDisk()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=queue\n");
        using var disk = new SmallDisk(site.Root["var"]);
        var records = new RecordLog(site);
        Assert.IsNull(records.Write("first", 50));
        site.Writer.Flush();
        disk.Fill();
        for (int i = 0; i < 200; i++) Assert.IsNull(records.Write($"queued{i}", 100));
        Assert.AreEqual(AuditWriteStage.Write, Assert.ThrowsExactly<AuditWriteException>(site.Writer.Flush).Stage);
        disk.Empty();
        site.Writer.Flush();
        Assert.AreEqual(0, site.Writer.Health.Targets.Sum(target => target.Lost));
        records.Report("disk full, queue, space returns");
        // Close the site before its disk: open files would hold the mount.
        site.Writer.Dispose();
    }

    [TestMethod]
    [Fault(31)]
    public void ADeviceIsNoLogFile()
    {
        Needs.Root("mknod");
        using var site = new AuditSite(OnDisk);
        // Built first, because a writer refuses to start on such a file.
        Assert.IsNotNull(site.Writer);
        string path = site.Root.Write($"{AuditSite.LogDirectory}/login.log", "");
        File.Delete(path);
        Command.Run("mknod", path, "c", "1", "7");
        var records = new RecordLog(site);
        Assert.AreEqual(AuditWriteStage.Open, records.Write("full", 50)!.Stage);
        File.Delete(path);
        File.CreateSymbolicLink(path, "/dev/full");
        AuditWriteException failure = records.Write("link", 50)!;
        Assert.AreEqual((AuditWriteStage.Open, "ELOOP"), (failure.Stage, failure.ErrnoName));
        File.Delete(path);
        Assert.IsNull(records.Write("after", 50));
        records.Report("/dev/full as log file");
    }

    [TestMethod]
    [Fault(14)]
    public void AFailedSyncIsReportedAndItsDescriptorNeverSyncedAgain()
    {
        Needs.Programs("strace");
        using var site = new AuditSite(OnDisk);
        string trace = site.Root["trace"];
        string[] wrapper = ["strace", "-f", "-qq", "-y", "-o", trace, "-e", "trace=openat2,fdatasync,close", "-e", "inject=fdatasync:error=EIO:when=2", "-P", "login.log", "-P", site.Root[$"{AuditSite.LogDirectory}/login.log"]];
        using CommandedProcess child = CommandedProcess.Start(site.Root.Path, wrapper);
        Assert.AreEqual("stored", child.Write("first"));
        Assert.StartsWith("failed Sync EIO True ", child.Write("second"));
        Assert.AreEqual("stored", child.Write("third"));
        child.Finish();

        List<string> calls = [.. File.ReadLines(trace).Where(call => call.Contains("login.log", StringComparison.Ordinal))];
        int failed = calls.FindIndex(call => call.Contains("EIO", StringComparison.Ordinal));
        string descriptor = Regex.Match(calls[failed], @"fdatasync\((\d+)<").Groups[1].Value;
        int closed = calls.FindIndex(failed, call => call.Contains($"close({descriptor}<", StringComparison.Ordinal));
        int synced = calls.FindIndex(failed + 1, call => call.Contains("fdatasync(", StringComparison.Ordinal));
        Assert.IsTrue(closed > 0 && synced > closed, string.Join('\n', calls));
        Assert.IsTrue(calls[closed..synced].Any(call => call.Contains("openat2(", StringComparison.Ordinal) && call.Contains("\"login.log\"", StringComparison.Ordinal)), string.Join('\n', calls));
        Report("EIO on fdatasync", site, child.Acknowledged);
    }

    [TestMethod]
    [Fault(14)]
    public async Task AFailedSyncIsReportedToEveryThreadThatWaitedForIt()
    {
        Needs.Programs("strace");
        using var site = new AuditSite(OnDisk);
        string[] wrapper = ["strace", "-f", "-qq", "-o", site.Root["trace"], "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=5"];
        using Flood flood = Flood.OfChild(wrapper, site.Root.Path, "p", threads: 6, size: 300, count: 50);
        flood.WaitUntilReady();
        await flood.Run();
        Assert.IsNotEmpty(flood.Failures);
        foreach (string failure in flood.Failures) Assert.Contains("AuditWriteException: The record of \"user-login\" may not have been stored (at Sync)", failure);
        Report("EIO on fdatasync, 6 threads", site, flood.Acknowledged);
    }

    [TestMethod]
    [Fault(18)]
    public void AReadOnlyDiskIsReportedAndWrittenToOnceItIsWritable()
    {
        using var site = new AuditSite(OnDisk);
        using var disk = new LoopDisk(site.Root["var"]);
        Assert.IsNotNull(site.Writer);
        disk.Remount("ro");
        var records = new RecordLog(site);
        Assert.AreEqual("EROFS", records.Write("read-only", 50)!.ErrnoName);
        disk.Remount("rw");
        Assert.IsNull(records.Write("after", 50));
        records.Report("read-only remount");
        site.Writer.Dispose();
    }

    [TestMethod]
    [Fault(13)]
    public void ADiskThatDiesUnderAWriterIsReportedAndWrittenToAfterItsReturn()
    {
        using var site = new AuditSite(OnDisk);
        using var disk = new LoopDisk(site.Root["var"]);
        using CommandedProcess child = CommandedProcess.Start(site.Root.Path);
        Assert.AreEqual("stored", child.Write("before"));
        disk.CutPower();
        for (int i = 0; i < 3; i++) Assert.Contains(" EIO ", child.Write($"dead{i}"));
        child.Finish();
        disk.Restart();
        using CommandedProcess successor = CommandedProcess.Start(site.Root.Path);
        Assert.AreEqual("stored", successor.Write("after"));
        successor.Finish();
        Report("dead disk, comes back", site, [.. child.Acknowledged, .. successor.Acknowledged]);
    }

    [TestMethod]
    [Fault(17)]
    [DataRow("disk")]
    [DataRow("os")]
    public void WithoutDescriptorsOpenLogFilesAreWrittenOn(string durability)
    {
        Needs.Programs("prlimit");
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability=os\n[Function-user-login]\nDurability={durability}\n");
        using CommandedProcess child = CommandedProcess.Start(site.Root.Path, "prlimit", "--nofile=256:256");
        Assert.AreEqual("stored", child.Write("open"));
        Assert.AreEqual("exhausted", child.Tell("exhaust"));
        string[] answers = [.. Enumerable.Range(0, 10).Select(i => child.Write($"still{i}"))];
        string refused = child.Write("new-file", function: "order-delete");
        string still = child.Write("still-later");
        Assert.AreEqual("released", child.Tell("release"));
        string after = child.Write("after", function: "order-delete");
        child.Finish();
        Assert.AreEqual("", string.Join('\n', answers.Append(still).Append(after).Where(answer => answer != "stored")));
        Assert.StartsWith("failed Open EMFILE False ", refused);
        Report($"no descriptors left, {durability}", site, child.Acknowledged);
    }

    [TestMethod]
    [Fault(26)]
    public async Task ADirectoryMayBeTakenAwayWhileItIsWritten()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=os\n");
        string directory = site.Root[AuditSite.LogDirectory];
        int moves = FaultForm.Choose(20, 500);
        var records = new RecordLog(site);
        Assert.IsNull(records.Write("first", 50));
        using var stop = new CancellationTokenSource();
        Task[] writers = [.. Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                // If the directory disappears between its creation and its opening, only that record fails, and the failure is reported.
                for (int i = 0; !stop.IsCancellationRequested; i++) Assert.IsTrue(records.Write($"t{thread}-{i}", 50) is null or { Stage: AuditWriteStage.Open, ErrnoName: "ENOENT" });
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        for (int i = 0; i < moves; i++)
        {
            Assert.IsTrue(SpinWait.SpinUntil(() => Directory.Exists(directory) || writers.Any(writer => writer.IsCompleted), TimeSpan.FromSeconds(10)));
            if (Directory.Exists(directory)) Directory.Move(directory, $"{directory}.{i}");
        }
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.IsNull(records.Write("last", 50));
        records.Report($"directory renamed {moves} times", [directory, .. Enumerable.Range(0, moves).Select(i => $"{directory}.{i}")]);
    }

    [TestMethod]
    public void ADeletedDirectoryIsCreatedAgain()
    {
        using var site = new AuditSite(OnDisk);
        var records = new RecordLog(site);
        Assert.IsNull(records.Write("deleted", 50));
        Directory.Delete(site.Root["var"], recursive: true);
        // The lease on the old file may last a few more milliseconds. What is written until then is deleted with that file, like earlier records.
        Assert.IsTrue(SpinWait.SpinUntil(() => records.Write("between", 50) is null && site.Has("login.log"), TimeSpan.FromSeconds(10)));
        for (int i = 0; i < 10; i++) Assert.IsNull(records.Write($"after{i}", 50));
        Survey survey = Survey.Of("login.log", site.Root[AuditSite.LogDirectory]);
        for (int i = 0; i < 10; i++) Assert.AreEqual(1, survey.Whole[$"after{i}"]);
    }

    [TestMethod]
    [Fault(19)]
    public void WithoutPermissionTheRecordIsRefusedUntilItIsGiven()
    {
        Needs.Root("setpriv");
        using var site = new AuditSite(OnDisk);
        const UnixFileMode everyoneReads = (UnixFileMode)0b111_101_101;
        File.SetUnixFileMode(site.Root.Path, everyoneReads);
        Directory.CreateDirectory(site.Root["var"]);
        string[] nobody = ["setpriv", "--reuid=65534", "--clear-groups"];
        // The writer fails at its start, not at the first record.
        InvalidOperationException refused = Assert.ThrowsExactly<InvalidOperationException>(() => CommandedProcess.Start(site.Root.Path, nobody).Dispose());
        Assert.StartsWith("refused ", refused.Message);
        Assert.Contains("EACCES", refused.Message);
        File.SetUnixFileMode(site.Root["var"], (UnixFileMode)0b111_111_111);
        using CommandedProcess child = CommandedProcess.Start(site.Root.Path, nobody);
        Assert.AreEqual("stored", child.Write("after"));
        child.Finish();
        Report("no permission, then given", site, child.Acknowledged);
    }

    [TestMethod]
    [Fault(15)]
    public void AFileSizeLimitIsAnErrorWithItsName()
    {
        using var site = new AuditSite(OnDisk);
        // With W^X enabled, the runtime itself creates a file larger than the limit.
        string[] wrapper = ["env", "DOTNET_EnableWriteXorExecute=0", "sh", "-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh"];
        using CommandedProcess child = CommandedProcess.Start(site.Root.Path, wrapper);
        string[] answers = [.. Enumerable.Range(0, 20).Select(i => child.Write($"r{i}", 3_000))];
        child.Finish();
        Assert.AreEqual("stored", answers[0]);
        Assert.Contains("failed Write EFBIG False ", answers[^1]);
        Assert.AreEqual("", string.Join('\n', answers.Where(answer => answer != "stored" && !answer.StartsWith("failed Write ", StringComparison.Ordinal))));
        var records = new RecordLog(site);
        Assert.IsNull(records.Write("successor", 50));
        Report("file size limit", site, [.. child.Acknowledged, "successor"]);
    }

    [TestMethod]
    [Fault(61)]
    public async Task AStoppedHolderOfTheLockHoldsNobodyUpForLong()
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability=os\nWriteTimeout=500ms\n");
        using var flood = new Flood(site.Root.Path, "p", threads: 1, size: 50);
        flood.WaitUntilReady();
        using var started = new ManualResetEventSlim();
        Task run = flood.Run(100, started.Set);
        started.Wait(TimeSpan.FromSeconds(30));
        var records = new RecordLog(site);
        AuditWriteException? failure = null;
        // The process may be stopped at a moment when it does not hold the lock.
        for (int i = 0; i < 50 && failure is null; i++)
        {
            Native.Signal(flood.Id, Native.SigStop);
            long start = Environment.TickCount64;
            failure = records.Write($"waits{i}", 50);
            if (failure is not null) Assert.IsInRange(400, 5_000, Environment.TickCount64 - start);
            Native.Signal(flood.Id, Native.SigContinue);
            int before = flood.Acknowledged.Count;
            Assert.IsTrue(SpinWait.SpinUntil(() => flood.Acknowledged.Count > before + 10, TimeSpan.FromSeconds(30)));
        }
        Assert.AreEqual(AuditWriteStage.Lock, failure?.Stage);
        Assert.IsFalse(failure!.MayBeStored);
        Assert.IsNull(records.Write("after", 50));
        flood.Kill();
        await run;
        records.Report("stopped holder of the lock", also: flood.Acknowledged);
    }

    [TestMethod]
    public void ASlowDiskDelaysACallNoLongerThanItsTimeout()
    {
        Needs.Programs("strace");
        using var site = new AuditSite($"{OnDisk}WriteTimeout=500ms\n");
        string[] wrapper = ["strace", "-f", "-qq", "-o", site.Root["trace"], "-e", "trace=fdatasync", "-e", "inject=fdatasync:delay_enter=3000000", "-P", site.Root[$"{AuditSite.LogDirectory}/login.log"]];
        using CommandedProcess child = CommandedProcess.Start(site.Root.Path, wrapper);
        long start = Environment.TickCount64;
        string slow = child.Write("slow");
        long waited = Environment.TickCount64 - start;
        // A call cannot be interrupted inside the kernel: the leader of the first slow sync waits until it ends, and its record is stored.
        Assert.AreEqual("stored", slow);
        Assert.IsGreaterThan(2_500L, waited);
        // From then on a thread of the file waits instead.
        start = Environment.TickCount64;
        slow = child.Write("again");
        waited = Environment.TickCount64 - start;
        Assert.StartsWith("failed Sync ", slow);
        Assert.Contains(" True ", slow);
        Assert.IsInRange(400L, 2_500L, waited);
        child.Finish();
        Report("slow disk", site, child.Acknowledged);
    }

    private static void Report(string fault, AuditSite site, IReadOnlyCollection<string> acknowledged)
    {
        var tally = new Tally(fault);
        tally.Add(acknowledged, Survey.Of("login.log", site.Root[AuditSite.LogDirectory]).And(Survey.Of("order_delete.log", site.Root[AuditSite.LogDirectory])), fault);
        tally.Report();
    }
}
