using EzAudit.Storage;
using EzAudit.Storage.Appending;

namespace EzAudit.Tests.Storage.Appending;

/// <summary>Callers that wait for the disk share a sync that covers them; none returns too early, and none waits forever.</summary>
[TestClass]
public sealed class SyncedFileTests
{
    // Longer than any test: a waiter that is not released fails the test instead of waking up when its timeout expires.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    [TestMethod]
    public void NoCallerReturnsBeforeASyncThatBeganAfterItsRecord()
    {
        using var disk = new SlowDisk();
        SyncedFile file = disk.Open();
        Task[] callers = Start(8, _ =>
        {
            for (int i = 0; i < 500; i++) Write(disk, file, Patience);
        });
        Join(callers);
        Assert.AreEqual("", disk.Complaint);
    }

    [TestMethod]
    public void ACallerThatArrivesDuringASyncWaitsForTheNext()
    {
        using var disk = new SlowDisk();
        SyncedFile file = disk.Open();
        Task[] leader = HoldASync(disk, file);
        Task[] late = Start(6, _ => Write(disk, file, Patience));
        disk.LetGo();
        Join([.. leader, .. late]);
        Assert.AreEqual("", disk.Complaint);
        Assert.IsGreaterThan(1, disk.Syncs);
    }

    [TestMethod]
    public void AFailedSyncFailsAllCallersThatWaitOrArriveLater()
    {
        using var disk = new SlowDisk();
        SyncedFile file = disk.Open();
        disk.Hold();
        disk.Fail();
        Task[] callers = Start(6, _ =>
        {
            long end = disk.Append(file);
            StorageException failure = Assert.ThrowsExactly<StorageException>(() => file.SyncThrough(end, Patience));
            if (!failure.MayBeStored) disk.Complain("reported as not stored, but may be stored");
        });
        disk.WaitUntilSyncing();
        disk.LetGo();
        Join(callers);
        Assert.ThrowsExactly<StorageException>(() => file.SyncThrough(file.Written, Patience));
        Assert.AreEqual("", disk.Complaint);
        Assert.AreEqual(1, disk.Syncs);
    }

    [TestMethod]
    [Fault(20, 21)]
    public void WhoRunsOutOfTimeSaysSoAndKeepsNobodyElseWaiting()
    {
        using var disk = new SlowDisk();
        SyncedFile file = disk.Open();
        Task[] leader = HoldASync(disk, file);
        StorageException late = Assert.ThrowsExactly<StorageException>(() => file.SyncThrough(disk.Append(file), TimeSpan.FromMilliseconds(1)));
        Assert.AreEqual("log: it was not synced within 0.001 s: the disk is slow or hangs.", late.Message);
        Assert.IsTrue(late.MayBeStored);
        long patient = disk.Append(file);
        Task[] next = Start(1, _ => file.SyncThrough(patient, Patience));
        disk.LetGo();
        Join([.. leader, .. next]);
        Assert.IsGreaterThanOrEqualTo(patient, disk.Durable);
    }

    [TestMethod]
    public void AShortTimeoutAmongLongOnesLosesNoTurn()
    {
        // A waiter that is released to lead while its timeout expires must lead all the same.
        using var disk = new SlowDisk();
        SyncedFile file = disk.Open();
        Task[] callers = Start(8, number =>
        {
            TimeSpan patience = number % 2 == 0 ? Patience : TimeSpan.FromTicks(1);
            for (int i = 0; i < 500; i++)
            {
                try
                {
                    Write(disk, file, patience);
                }
                catch (StorageException) when (patience < Patience)
                {
                    // Its timeout expired: it was not reported as stored.
                }
            }
        });
        Join(callers);
        Assert.AreEqual("", disk.Complaint);
    }

    [TestMethod]
    public async Task CallersThatArriveDuringASyncShareTheNext()
    {
        using var disk = new SlowDisk();
        SyncedFile file = disk.Open();
        Task[] leader = HoldASync(disk, file);
        // Without threads, so that they certainly wait before the sync ends.
        Task[] late = [.. Enumerable.Range(0, 50).Select(_ => file.SyncThroughAsync(disk.Append(file)))];
        Assert.IsFalse(late.Any(waiter => waiter.IsCompleted));
        disk.LetGo();
        await Task.WhenAll(late).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.AreEqual(file.Written, disk.Durable);
        Assert.AreEqual(2, disk.Syncs);
        Join(leader);
    }

    [TestMethod]
    public void AFailureThatWouldOtherwiseGoUnnoticedIsReported()
    {
        using var disk = new SlowDisk();
        SyncedFile file = disk.Open();
        disk.Append(file);
        disk.Fail();
        file.SyncPending();
        Assert.AreEqual("log: input/output error Unsynced records may be lost.", disk.Reported);
        Assert.AreEqual("log: input/output error", file.Failure);
    }

    // An acknowledged record must be on disk.
    private static void Write(SlowDisk disk, SyncedFile file, TimeSpan patience)
    {
        long end = disk.Append(file);
        file.SyncThrough(end, patience);
        if (disk.Durable < end) disk.Complain($"{end} was acknowledged, {disk.Durable} is on disk");
    }

    // A sync is in progress until the disk is released.
    private static Task[] HoldASync(SlowDisk disk, SyncedFile file)
    {
        disk.Hold();
        long end = disk.Append(file);
        Task[] leader = Start(1, _ => file.SyncThrough(end, Patience));
        disk.WaitUntilSyncing();
        return leader;
    }

    private static Task[] Start(int count, Action<int> work) =>
        [.. Enumerable.Range(0, count).Select(number => Task.Factory.StartNew(() => work(number), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

    private static void Join(Task[] callers) => Assert.IsTrue(Task.WaitAll(callers, TimeSpan.FromSeconds(60)), "a caller waits forever");
}
