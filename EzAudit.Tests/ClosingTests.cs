using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests;

/// <summary>Flushing and closing a writer whose targets fail or are at work.</summary>
[TestClass]
public sealed class ClosingTests
{
    private const string TwoTargets = AuditSite.Enabled + """
        [FunctionDefaults]
        Targets[]=first
        Targets[]=second
        [Target-first]
        Type=first
        [Target-second]
        Type=second

        """;

    [TestMethod]
    public void AFlushReachesTheTargetsBehindOneThatFails()
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
    public void EveryFailureOfAFlushIsTold()
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
        Assert.IsFalse(closing.IsCompleted, "A call is inside.");
        released.Set();
        await closing;

        Assert.IsTrue(first.IsDisposed, "The targets are closed when closing returns.");
        Assert.IsTrue(await write);
    }

    [TestMethod]
    public void AnInterruptedCallerIsNotToldThatNothingWasStored()
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
    public void TheFieldsOfAFunctionThatIsOffAreNotLookedAt()
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

        public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) => OnWrite();

        public void Flush()
        {
            Flushed++;
            OnFlush();
        }

        public void Dispose() => IsDisposed = true;
    }
}
