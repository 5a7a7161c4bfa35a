using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>Records whose file cannot be written stay in the queue until it can.</summary>
[TestClass]
public sealed class HeldQueueTests
{
    private const string Settings = AuditSite.Enabled + """
        AuditFileNames[audit-loss]=audit.log
        [FunctionDefaults]
        Durability=queue
        OnFailure=continue

        """;

    [TestMethod]
    [Fault(48)]
    public void NothingIsLostWhileThereIsRoom()
    {
        using var site = new AuditSite(Settings);
        using (site.Obstruct("login.log"))
        {
            for (int i = 0; i < 100; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Number", i)));
            Until.True(() => Health(site).State == AuditHealthState.Degraded, "the failure shows in health");
            Assert.AreEqual(0, Health(site).Lost);
            Assert.IsGreaterThan(0, Health(site).QueuedBytes);
            Assert.Contains("EISDIR", Health(site).LastError!);
        }
        Until.True(() => Health(site).State == AuditHealthState.Healthy, "the queue is written without another call");
        AssertInOrder(site, 100);
        Assert.AreEqual(0, Health(site).QueuedBytes);
    }

    [TestMethod]
    public void LaterRecordsFollowThem()
    {
        using var site = new AuditSite(Settings.Replace("order_delete.log", "login.log", StringComparison.Ordinal) + "[Function-order-delete]\nDurability=os\n");
        using (site.Obstruct("login.log"))
        {
            for (int i = 0; i < 10; i++) site.Writer.WriteAudit("user-login", ("Number", i));
            Until.True(() => Health(site).State == AuditHealthState.Degraded, "the failure shows in health");
        }
        // A caller that waits for its record makes the queue retry at once.
        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Number", 10)));
        AssertInOrder(site, 11);
    }

    [TestMethod]
    public void AFlushReportsThatItIsMissing()
    {
        using var site = new AuditSite(Settings);
        using (site.Obstruct("login.log"))
        {
            site.Writer.WriteAudit("user-login", ("Number", 0));
            Assert.AreEqual("EISDIR", Assert.ThrowsExactly<AuditWriteException>(site.Writer.Flush).ErrnoName);
        }
        site.Writer.Flush();
        AssertInOrder(site, 1);
    }

    [TestMethod]
    public void RecordsStillPendingAtTheCloseAreLostAndCounted()
    {
        using var site = new AuditSite(Settings);
        using (site.Obstruct("login.log"))
        {
            for (int i = 0; i < 3; i++) site.Writer.WriteAudit("user-login", ("Number", i));
            site.Writer.Dispose();
        }
        AuditRecord loss = site.Records("audit.log").Single();
        Assert.AreEqual("3", loss["Lost records"]);
        Assert.Contains("EISDIR", loss["Reason"]!);
    }

    private static AuditTargetHealth Health(AuditSite site) => site.Writer.Health.Targets.Single(target => target.Target == "login.log");

    private static void AssertInOrder(AuditSite site, int count) => CollectionAssert.AreEqual(
        Enumerable.Range(0, count).Select(number => $"{number}").ToArray(), site.Records("login.log").Select(record => record["Number"]).ToArray());
}
