using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.PostgreSql;

/// <summary>The primary is killed under load, and its synchronous standby takes over: nothing acknowledged is lost, and nothing is there twice.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class StoreFailoverTests
{
    private const int BatchSize = 200;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task TheStandbyHasEveryAcknowledgedRecordOnceAsync()
    {
        int trials = FaultForm.Choose(1, 20);
        long acknowledged = 0;
        long stored = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            using var cluster = new StoreCluster();
            long count = await InsertThroughFailoverAsync(cluster, new Random(trial).Next(5, 30) * BatchSize);
            long[] numbers = [.. cluster.QueryStandby<long>("SELECT number FROM ezaudit.audit_record ORDER BY number")];
            CollectionAssert.AreEqual(Enumerable.Range(1, numbers.Length).Select(number => (long)number).ToArray(), numbers);
            Assert.IsGreaterThanOrEqualTo(count, numbers.Length);
            acknowledged += count;
            stored += numbers.Length;
        }
        TestContext.WriteLine("fault | trials | acknowledged | in the store | lost | twice");
        TestContext.WriteLine($"primary killed, standby promoted | {trials} | {acknowledged} | {stored} | 0 | 0");
    }

    // Returns how many records were acknowledged.
    private static async Task<long> InsertThroughFailoverAsync(StoreCluster cluster, long before)
    {
        await using var inserter = new RecordInserter(new StorePlace(cluster.Writer));
        long acknowledged = 0;
        Task failover = Task.Run(() =>
        {
            Until.True(() => Volatile.Read(ref acknowledged) >= before, "the records before the kill are stored");
            cluster.KillPrimary();
            cluster.PromoteStandby();
        });
        int failures = 0;
        while (!failover.IsCompleted || failures == 0 || acknowledged < 2 * before)
        {
            try
            {
                await inserter.InsertAsync(StoreRecords.Of("failover", acknowledged + 1, BatchSize), default);
                Volatile.Write(ref acknowledged, acknowledged + BatchSize);
            }
            catch (AuditStoreException)
            {
                failures++;
            }
        }
        await failover;
        return acknowledged;
    }
}
