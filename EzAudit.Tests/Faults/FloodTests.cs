using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>More records than can be stored at once: callers wait, and nothing is dropped.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class FloodTests
{
    private const int Threads = 8;

    [TestMethod]
    [Fault(48)]
    [DataRow("queue", 20_000)]
    [DataRow("os", 20_000)]
    [DataRow("disk", 1_000)]
    public void NothingIsDropped(string durability, int count)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n");
        string padding = new('x', 100);
        int refused = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < count; i++)
            {
                if (!site.Writer.WriteAudit("user-login", ("Id", (thread * count) + i), ("Padding", padding))) Interlocked.Increment(ref refused);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        site.Writer.Flush();
        AuditTargetHealth health = site.Writer.Health.Targets.Single(target => target.Target == "login.log");
        site.Writer.Dispose();

        Assert.AreEqual((0, 0L, 0L), (refused, health.Failed, health.Lost));
        var found = new bool[Threads * count];
        foreach (AuditRecord record in site.Records("login.log"))
        {
            int id = int.Parse(record["Id"]!, null);
            Assert.IsFalse(found[id], $"{id} is there twice");
            found[id] = true;
        }
        Assert.IsFalse(found.Contains(false));
    }
}
