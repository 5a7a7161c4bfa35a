using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Tests.Support;
using EzAudit.Writing;
using NodaTime;
using NodaTime.Testing;

namespace EzAudit.Tests.Storage.Appending;

/// <summary>While one caller hangs in a system call, the others return when their timeout expires, and other files are written.</summary>
[TestClass]
public sealed class HangingDiskTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [TestMethod]
    [Fault(20, 21)]
    [DataRow("open")]
    [DataRow("write")]
    [DataRow("sync")]
    [DataRow("rename")]
    public void WhoWaitsBehindACallThatHangsIsReleasedAndToldThatItsRecordMayBeStored(string call)
    {
        using var folder = new LogFolder();
        using var disk = new HangingDirectory(folder.NewDirectory(), call);
        LogFile file = folder.Open("login.log", new RotationSettings { MaxFileSize = call == "rename" ? 1 : 0 }, directory: disk);
        LogFile other = folder.Open("other.log");
        if (call == "rename") LogFolder.Append(file, "before");
        disk.Hang();
        Task first = Start(() => LogFolder.Append(file, "first"));
        disk.WaitUntilHanging();

        StorageException? late = null;
        Task second = Start(() => late = Assert.ThrowsExactly<StorageException>(() => file.Append(LogFolder.Record("second"), AuditDurability.Disk, Short)));
        Join(second);
        LogFolder.Append(other, "elsewhere");

        Assert.IsTrue(late!.IsLate);
        Assert.IsTrue(late.MayBeStored);
        Assert.IsFalse(first.IsCompleted);
        disk.LetGo();
        Join(first);
        LogFolder.Append(file, "third");
        string written = string.Concat(folder.Names().Where(name => name.StartsWith("login", StringComparison.Ordinal)).Select(folder.Read));
        foreach (string record in new[] { "first", "second", "third" }) Assert.Contains($"[ {record}\n\n", written);
        Assert.AreEqual("[ elsewhere\n\n", folder.Read("other.log"));
    }

    [TestMethod]
    [Fault(20)]
    [DataRow("open")]
    [DataRow("write")]
    [DataRow("sync")]
    public void HealthSaysBlockedAndSinceWhen(string call)
    {
        using var folder = new LogFolder();
        using var disk = new HangingDirectory(folder.NewDirectory(), call);
        LogFile file = folder.Open("login.log", directory: disk);
        var monitor = new TargetMonitor("login.log", new LossCount(), folder.Clock, file) { Path = "/log/login.log" };
        monitor.LimitTimeout(TimeSpan.FromMilliseconds(1));
        disk.Hang();
        Task first = Start(() => LogFolder.Append(file, "first"));
        disk.WaitUntilHanging();

        Until.True(() => monitor.Read().State == AuditHealthState.Blocked, "the file is blocked");

        AuditTargetHealth blocked = monitor.Read();
        Assert.IsLessThan(folder.Clock.GetCurrentInstant().ToDateTimeOffset(), blocked.Since);
        Assert.StartsWith("/log/login.log: the disk has been busy with one call for ", blocked.LastError!);
        disk.LetGo();
        Join(first);
        Assert.AreEqual(AuditHealthState.Healthy, monitor.Read().State);
    }

    [TestMethod]
    public void ARecordThatIsLateLeavesItsTargetBlockedUntilOneIsStored()
    {
        var monitor = new TargetMonitor("login.log", new LossCount(), new FakeClock(NodaConstants.UnixEpoch));

        monitor.TimedOut("late", isRescued: false);
        Assert.AreEqual(AuditHealthState.Blocked, monitor.Read().State);
        monitor.Failed("gone", isRescued: false);
        Assert.AreEqual(AuditHealthState.Failing, monitor.Read().State);
        monitor.Succeeded();
        Assert.AreEqual(AuditHealthState.Healthy, monitor.Read().State);
    }

    [TestMethod]
    [Fault(21)]
    public void WhileASyncOfOneFileTakesLongNoCallerLeadsAnotherThere()
    {
        long now = 0;
        var pace = new DiskPace(() => Volatile.Read(ref now));
        using var one = new SlowDisk(pace);
        SyncedFile hanging = one.Open();
        one.Hold();
        long end = one.Append(hanging);
        Task leader = Start(() => hanging.SyncThrough(end, TimeSpan.FromHours(1)));
        one.WaitUntilSyncing();
        Volatile.Write(ref now, 20);

        ACallerIsReleased(pace);

        one.LetGo();
        Join(leader);
    }

    [TestMethod]
    public void AfterASlowSyncCallersAreReleasedInEveryFileForAMinute()
    {
        long now = 0;
        var pace = new DiskPace(() => Volatile.Read(ref now));
        var sync = new LinkedListNode<long>(0);
        pace.Began(sync);
        pace.Ended(sync, wasSlow: true);

        ACallerIsReleased(pace);

        Volatile.Write(ref now, 59_999);
        Assert.IsTrue(pace.IsSlow);
        Volatile.Write(ref now, 60_000);
        Assert.IsFalse(pace.IsSlow);
    }

    // Its sync hangs with another caller in it.
    private static void ACallerIsReleased(DiskPace pace)
    {
        using var disk = new SlowDisk(pace);
        SyncedFile file = disk.Open();
        disk.Hold();
        StorageException? late = null;
        Task caller = Start(() => late = Assert.ThrowsExactly<StorageException>(() => file.SyncThrough(disk.Append(file), Short)));
        Join(caller);
        Assert.IsTrue(late!.IsLate);
        Assert.IsTrue(late.MayBeStored);
        disk.WaitUntilSyncing();
        disk.LetGo();
        file.SyncThrough(file.Written, TimeSpan.FromHours(1));
    }

    private static Task Start(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Join(Task caller) => Assert.IsTrue(caller.Wait(TimeSpan.FromSeconds(60)), "a caller waits forever");
}
