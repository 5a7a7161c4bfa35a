using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>A thread pool whose threads are all blocked delays no record: calls, queues and reloads have their own threads.</summary>
[TestClass]
[DoNotParallelize] // Every other test would starve as well.
public sealed class StarvationTests
{
    [TestMethod]
    [Fault(21, 57)]
    [DataRow("disk")]
    [DataRow("os")]
    [DataRow("queue")]
    public void RecordsAreStoredWithoutTheThreadPool(string durability)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n");
        Assert.IsNotNull(site.Writer);
        using var release = new ManualResetEventSlim();
        Task[] blocked = [.. Enumerable.Range(0, 500).Select(_ => Task.Run(release.Wait))];
        try
        {
            for (int i = 0; i < 100; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Number", i)));
            site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAuditFileNames[user-login]=other.log\n");
            Until.True(() => site.Writer.WriteAudit("user-login") && site.Has("other.log"), "the settings are read again");
            Assert.IsTrue(blocked.Any(task => !task.IsCompleted), "The pool is still starved.");
        }
        finally
        {
            release.Set();
            Task.WaitAll(blocked);
        }
        site.Writer.Dispose();
        Assert.IsGreaterThanOrEqualTo(100, site.Records("login.log").Length);
    }
}
