using System.Collections.Concurrent;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Tests.Support;
using EzAudit.Writing;

namespace EzAudit.Tests.Writing;

/// <summary>Flushing and closing a writer whose targets fail or are busy.</summary>
[TestClass]
public sealed class ClosingTests
{
    private const string TwoTargets = AuditSite.Enabled + """
        AuditFileNames[audit-stop]=audit.log
        [FunctionDefaults]
        Targets[]=first
        Targets[]=second
        [Target-first]
        Type=first
        [Target-second]
        Type=second

        """;

    [TestMethod]
    public void AFlushReachesTheTargetsAfterOneThatFails()
    {
        var first = new Target { OnFlush = () => throw new IOException("found it gone") };
        var second = new Target();
        using AuditSite site = Site(first, second);
        site.Writer.WriteAudit("user-login");

        var failure = Assert.ThrowsExactly<AuditWriteException>(site.Writer.Flush);

        Assert.Contains("found it gone", failure.Message);
        Assert.AreEqual(1, second.Flushed);
        first.OnFlush = () => { };
    }

    [TestMethod]
    public void EveryFailureOfAFlushIsReported()
    {
        var logs = new FakeLoggerFactory();
        var first = new Target { OnFlush = () => throw new IOException("found the first gone") };
        var second = new Target { OnFlush = () => throw new IOException("found the second gone") };
        using AuditSite site = Site(first, second, builder => builder.LoggerFactory = logs);
        site.Writer.WriteAudit("user-login");

        var failure = Assert.ThrowsExactly<AuditWriteException>(site.Writer.Flush);

        Assert.Contains("found the first gone", failure.Message);
        Assert.IsTrue(logs.Messages.Any(message => message.Contains("found the second gone", StringComparison.Ordinal)));
        first.OnFlush = second.OnFlush = () => { };
    }

    [TestMethod]
    public void AFlushReachesTheTargetsBesideOneThatHangs()
    {
        using var released = new ManualResetEventSlim();
        var first = new Target { OnFlush = released.Wait };
        var second = new Target();
        using AuditSite site = Site(first, second);
        AuditWriter writer = site.Writer;
        Task flush = OnThread(writer.Flush);

        Until.True(() => second.Flushed == 1, "the second is flushed while the first hangs");

        Assert.IsFalse(flush.IsCompleted);
        released.Set();
        Assert.IsTrue(flush.Wait(TimeSpan.FromSeconds(60)));
    }

    [TestMethod]
    public void AHangingTargetIsAbandonedAndNamed()
    {
        using var released = new ManualResetEventSlim();
        using var done = new ManualResetEventSlim();

        IReadOnlyList<Exception> failures = Errand.RunAll([("first", released.Wait), ("second", done.Set)], TimeSpan.FromMilliseconds(10));

        Assert.IsTrue(done.Wait(TimeSpan.FromSeconds(60)));
        Assert.IsInstanceOfType<TimeoutException>(failures[0]);
        Assert.AreEqual("first: not done after 0.01 s: it is slow or hangs.", failures[0].Message);
        Assert.IsTrue(WriteFailure.Of("*", AuditWriteStage.Target, failures[0]).MayBeStored);
        released.Set();
    }

    [TestMethod]
    public async Task TheSecondCloseReturnsWhenTheFirstHasFinished()
    {
        using var closing = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        var first = new Target
        {
            OnDispose = () =>
            {
                closing.Set();
                released.Wait();
            },
        };
        using AuditSite site = Site(first, new Target());
        AuditWriter writer = site.Writer;
        Task one = writer.DisposeAsync().AsTask();
        Assert.IsTrue(closing.Wait(TimeSpan.FromSeconds(60)));

        Task two = writer.DisposeAsync().AsTask();
        Task<bool> three = Task.Factory.StartNew(
            () =>
            {
                writer.Dispose();
                return first.IsDisposed;
            },
            TaskCreationOptions.LongRunning);
        Assert.IsFalse(two.IsCompleted);
        released.Set();
        await Task.WhenAll(one, two);

        Assert.IsTrue(first.IsDisposed);
        Assert.IsTrue(await three);
    }

    [TestMethod]
    public async Task ATargetThatClosesItsWriterWhileItIsClosedDoesNotWaitForItself()
    {
        var first = new Target();
        using AuditSite site = Site(first, new Target());
        AuditWriter writer = site.Writer;
        first.OnDispose = writer.Dispose;

        await writer.DisposeAsync();

        Assert.IsTrue(first.IsDisposed);
    }

    [TestMethod]
    public async Task TheStopIsRecordedAfterCallsInProgress()
    {
        using var entered = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        var first = new Target
        {
            OnWrite = () =>
            {
                entered.Set();
                released.Wait();
            },
        };
        using AuditSite site = Site(first, new Target());
        AuditWriter writer = site.Writer;
        Task write = OnThread(() => writer.WriteAudit("user-login"));
        entered.Wait();

        ValueTask closing = writer.DisposeAsync();
        released.Set();
        await closing;
        await write;

        CollectionAssert.AreEqual(new[] { "user-login", "audit-stop" }, first.Written.ToArray());
    }

    [TestMethod]
    public void AtTheEndOfAProcessAHangingTargetKeepsNothingElseFromTheDisk()
    {
        using var released = new ManualResetEventSlim();
        using var site = new AuditSite(
            AuditSite.Enabled + """
                AuditFileNames[audit-stop]=login.log
                [FunctionDefaults]
                Durability=queue
                [Function-order-delete]
                Targets[]=first
                [Target-first]
                Type=first
                """,
            builder => builder.AddPlugin(new Plugin(new Target { OnFlush = released.Wait }, new Target())));
        site.Writer.WriteAudit("order-delete");
        for (int i = 0; i < 100; i++) site.Writer.WriteAudit("user-login", ("Number", i));

        site.Writer.PrepareForExit(TimeSpan.FromMilliseconds(100));

        Until.True(() => site.Has("login.log") && site.Read("login.log").Split("\n\n").Length == 102, "everything is written while a target hangs");
        AuditRecord[] records = site.Records("login.log");
        Assert.IsNotNull(records[^1]["Process"]);
        CollectionAssert.AreEqual(Enumerable.Range(0, 100).Select(i => $"{i}").ToArray(), records[..^1].Select(record => record["Number"]).ToArray());
        released.Set();
    }

    [TestMethod]
    [Fault(7)]
    public async Task ClosingWaitsForTheCallsThatAreInside()
    {
        using var entered = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        var first = new Target
        {
            OnWrite = () =>
            {
                entered.Set();
                released.Wait();
            },
        };
        using AuditSite site = Site(first, new Target());
        AuditWriter writer = site.Writer;
        Task<bool> write = Task.Factory.StartNew(() => writer.WriteAudit("user-login"), TaskCreationOptions.LongRunning);
        entered.Wait();

        ValueTask closing = writer.DisposeAsync();
        Assert.IsFalse(closing.IsCompleted, "A call is in progress.");
        released.Set();
        await closing;

        Assert.IsTrue(first.IsDisposed, "The targets are closed when closing returns.");
        Assert.IsTrue(await write);
    }

    [TestMethod]
    public void AnInterruptedCallerDoesNotLearnThatNothingWasStored()
    {
        AuditWriteException? failure = null;
        bool isRaisedAgain = false;
        using AuditSite site = Site(new Target { OnWrite = () => throw new ThreadInterruptedException("Thread was interrupted.") }, new Target());
        AuditWriter writer = site.Writer;
        var thread = new Thread(() =>
        {
            failure = Assert.ThrowsExactly<AuditWriteException>(() => writer.WriteAudit("user-login"));
            try
            {
                new ManualResetEvent(false).WaitOne(TimeSpan.FromSeconds(10));
            }
            catch (ThreadInterruptedException)
            {
                isRaisedAgain = true;
            }
        });
        thread.Start();
        thread.Join();

        Assert.IsTrue(failure!.MayBeStored);
        Assert.AreEqual("The record of \"user-login\" may not have been stored (at Target): Thread was interrupted.", failure.Message);
        Assert.IsTrue(isRaisedAgain, "The interrupt was the caller's.");
    }

    [TestMethod]
    public void TheFieldsOfAFunctionThatIsOffAreNotRead()
    {
        using var site = new AuditSite();

        Assert.IsFalse(site.Writer.WriteAudit("never-heard-of", Untouchable()));
    }

    [TestMethod]
    public void AFailureIsLoggedWithItsPartsAndARescueAsAWarning()
    {
        var logs = new FakeLoggerFactory();
        using var site = new AuditSite(
            $"{AuditSite.Enabled}[Function-user-login]\nFallback[]=spill\n[Target-spill]\nType=file\nDirectory=var/spill\n", builder => builder.LoggerFactory = logs);
        using (site.Obstruct("login.log"))
        {
            Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        }

        var (level, values) = logs.Entries.Single(entry => entry.Values.ContainsKey("function"));
        Assert.AreEqual(Microsoft.Extensions.Logging.LogLevel.Warning, level);
        Assert.AreEqual("user-login", values["function"]);
        Assert.AreEqual("login.log", values["target"]);
        Assert.IsNotNull(values["errno"]);
        Assert.EndsWith("login.log", (string)values["file"]!);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Untouchable()
    {
        Assert.Fail("The fields were enumerated.");
        yield break;
    }

    private static Task OnThread(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static AuditSite Site(Target first, Target second, Action<AuditWriterBuilder>? configure = null) => new(TwoTargets, builder =>
    {
        builder.AddPlugin(new Plugin(first, second));
        configure?.Invoke(builder);
    });

    private sealed class Plugin(Target first, Target second) : IAuditPlugin
    {
        public void Register(AuditRegistry registry) => registry
            .AddTarget("first", [], settings => settings.IsTrial ? new Target() : first)
            .AddTarget("second", [], settings => settings.IsTrial ? new Target() : second);
    }

    private sealed class Target : IAuditTarget
    {
        public Action OnFlush { get; set; } = static () => { };

        public Action OnWrite { get; set; } = static () => { };

        public int Flushed { get; private set; }

        public bool IsDisposed { get; private set; }

        public Action OnDispose { get; set; } = static () => { };

        public ConcurrentQueue<string> Written { get; } = new();

        public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
        {
            if (record.Function.Name != "audit-stop") OnWrite();
            Written.Enqueue(record.Function.Name);
        }

        public void Flush()
        {
            Flushed++;
            OnFlush();
        }

        public void Dispose()
        {
            OnDispose();
            IsDisposed = true;
        }
    }
}
