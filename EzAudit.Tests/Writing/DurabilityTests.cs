using System.Diagnostics.Metrics;
using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

[TestClass]
public sealed class DurabilityTests
{
    private static string WithDurability(string durability) => $"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n";

    [TestMethod]
    [DataRow("disk")]
    [DataRow("os")]
    [DataRow("queue")]
    public void ThirtyTwoThreadsLoseNothing(string durability)
    {
        using var site = new AuditSite(WithDurability(durability));
        Thread[] threads = [.. Enumerable.Range(0, 32).Select(t => new Thread(() =>
        {
            for (int i = 0; i < 100; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Thread", t), ("Number", i)));
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        site.Writer.Dispose();
        AssertWhole(site.Records("login.log"), 32, 100);
    }

    [TestMethod]
    public async Task ManyAsynchronousCallersNeedFewThreads()
    {
        using var site = new AuditSite(WithDurability("disk"));
        bool[] written = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => site.Writer.WriteAuditAsync("user-login", ("Thread", 0), ("Number", i)).AsTask()));
        CollectionAssert.DoesNotContain(written, false);
        AssertWhole(site.Records("login.log"), 1, 2000);
    }

    [TestMethod]
    public void AQueueIsDrainedWhenTheWriterIsClosed()
    {
        using var site = new AuditSite(WithDurability("queue"));
        for (int i = 0; i < 10_000; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Thread", 0), ("Number", i)));
        site.Writer.Dispose();
        AssertWhole(site.Records("login.log"), 1, 10_000);
    }

    [TestMethod]
    public void AQueueIsDrainedByItself()
    {
        using var site = new AuditSite(WithDurability("queue"));
        site.Writer.WriteAudit("user-login");
        Assert.IsTrue(SpinWait.SpinUntil(() => site.Has("login.log") && site.Read("login.log").EndsWith("\n\n", StringComparison.Ordinal), TimeSpan.FromSeconds(30)));
    }

    [TestMethod]
    public void FlushStoresEverything()
    {
        using var site = new AuditSite(WithDurability("queue"));
        for (int i = 0; i < 1000; i++) site.Writer.WriteAudit("user-login", ("Thread", 0), ("Number", i));
        site.Writer.Flush();
        AssertWhole(site.Records("login.log"), 1, 1000);
    }

    [TestMethod]
    [Fault(58)]
    public void ClosingWhileOthersWriteLosesNoAcknowledgedRecord()
    {
        for (int round = 0; round < 20; round++)
        {
            using var site = new AuditSite(WithDurability("os"));
            int acknowledged = 0;
            Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
            {
                try
                {
                    while (site.Writer.WriteAudit("user-login", ("a", 1))) Interlocked.Increment(ref acknowledged);
                }
                catch (ObjectDisposedException)
                {
                }
                catch (AuditWriteException failure) when (failure.InnerException is ObjectDisposedException)
                {
                }
            }))];
            Assert.IsTrue(site.Writer.WriteAudit("user-login", ("a", 0)));
            foreach (Thread thread in threads) thread.Start();
            SpinWait.SpinUntil(() => Volatile.Read(ref acknowledged) > 50);
            site.Writer.Dispose();
            foreach (Thread thread in threads) thread.Join();
            Assert.HasCount(acknowledged + 1, site.Records("login.log"));
        }
    }

    [TestMethod]
    public void TheMeterCountsWhatWasWritten()
    {
        long written = 0;
        using var listener = new MeterListener();
        string function = $"own-{Guid.NewGuid()}";
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "ezaudit.records") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags.Contains(new("function", function)) && tags.Contains(new("outcome", "success"))) Interlocked.Add(ref written, count);
        });
        listener.Start();
        using var site = new AuditSite($"{AuditSite.Enabled}AuditFileNames[{function}]=own.log\n");
        for (int i = 0; i < 3; i++) site.Writer.WriteAudit(function);
        Assert.AreEqual(3, written);
    }

    private static void AssertWhole(AuditRecord[] records, int threads, int each)
    {
        Assert.HasCount(threads * each, records);
        foreach (IGrouping<string?, AuditRecord> thread in records.GroupBy(record => record["Thread"]))
        {
            int[] numbers = [.. thread.Select(record => int.Parse(record["Number"]!, CultureInfo.InvariantCulture))];
            CollectionAssert.AreEqual(Enumerable.Range(0, each).ToArray(), numbers);
        }
    }
}
