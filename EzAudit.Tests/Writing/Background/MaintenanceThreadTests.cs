using EzAudit.Storage;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;
using EzAudit.Writing;
using EzAudit.Writing.Background;

namespace EzAudit.Tests.Writing.Background;

/// <summary>The thread that does a writer's periodic work.</summary>
[TestClass]
public sealed class MaintenanceThreadTests
{
    [TestMethod]
    public void AnIdleWriterHasOneThread()
    {
        if (!OperatingSystem.IsLinux()) Needs.LeaveOut("it needs /proc");
        using var site = new AuditSite($"{AuditSite.Enabled}AuditFileNames[one]=one.log\nAuditFileNames[two]=two.log\n");

        using ChildProcess child = ChildProcess.Start(nameof(CountThreads), site.Root.Path, "one", "two");

        Assert.AreEqual("EzAudit upkeep", child.ReadLine());
    }

    [TestMethod]
    public void WorkIsRepeatedAfterItsIntervalAndAtOnceOnRequest()
    {
        using var maintenance = new MaintenanceThread(Fail);
        using var repeated = new CountdownEvent(3);
        using var asked = new ManualResetEventSlim();
        maintenance.Add(() => Count(repeated), TimeSpan.Zero);
        Action ask = maintenance.Add(() => Set(asked), MaintenanceThread.OnRequest);
        maintenance.Start();

        Assert.IsTrue(repeated.Wait(Patience));
        Assert.IsFalse(asked.IsSet);
        ask();
        Assert.IsTrue(asked.Wait(Patience));
    }

    [TestMethod]
    public void WorkThatThrowsIsReportedAndTheRestContinues()
    {
        var failures = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var maintenance = new MaintenanceThread(failure => failures.Enqueue(failure.Message));
        using var repeated = new CountdownEvent(3);
        maintenance.Add(() => throw new InvalidOperationException("no"), TimeSpan.Zero);
        maintenance.Add(() => Count(repeated), TimeSpan.Zero);
        maintenance.Start();

        Assert.IsTrue(repeated.Wait(Patience));
        Assert.Contains("no", failures);
    }

    [TestMethod]
    public void AFileSystemThatHangsInAFreeSpaceQueryDelaysNoOtherWork()
    {
        using var release = new ManualResetEventSlim();
        using var hanging = new ManualResetEventSlim();
        int looks = 0;
        using var maintenance = new MaintenanceThread(Fail);
        using var repeated = new CountdownEvent(3);
        using var space = new SpaceWatch(() => ["/gone"], new Diagnostics(null)) { FreeAt = _ => Hang(), Interval = TimeSpan.FromMilliseconds(1) };
        space.StartOn(maintenance);
        maintenance.Start();
        Assert.IsTrue(hanging.Wait(Patience));

        // Started only now, so that all of its rounds fall into the time in which the call hangs.
        maintenance.Add(() => Count(repeated), TimeSpan.Zero);
        Assert.IsTrue(repeated.Wait(Patience));
        Assert.AreEqual(2, looks, "One at the start, and one that hangs.");
        release.Set();

        long? Hang()
        {
            // The first look is part of the start.
            if (Interlocked.Increment(ref looks) == 1) return long.MaxValue;
            hanging.Set();
            release.Wait();
            return long.MaxValue;
        }
    }

    [TestMethod]
    public void AnErrandNeverRunsTwiceAtATime()
    {
        using var release = new ManualResetEventSlim();
        int started = 0;
        var errand = new Errand("EzAudit test", () =>
        {
            Interlocked.Increment(ref started);
            release.Wait();
        });

        Assert.IsTrue(errand.TryStart());
        Assert.IsTrue(errand.TryStart());
        Assert.IsTrue(errand.IsRunning);
        release.Set();
        errand.Wait(Patience);

        Assert.IsFalse(errand.IsRunning);
        Assert.AreEqual(1, started);
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    private static void Fail(Exception failure) => Assert.Fail(failure.Message);

    private static TimeSpan Count(CountdownEvent countdown)
    {
        if (!countdown.IsSet) countdown.Signal();
        return TimeSpan.FromMilliseconds(1);
    }

    private static TimeSpan Set(ManualResetEventSlim done)
    {
        done.Set();
        return MaintenanceThread.OnRequest;
    }
}
