using System.Globalization;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;
using EzAudit.Tests.Syslog;

namespace EzAudit.Tests.Nats;

/// <summary>Three servers keep a stream; one of them fails under load, or the writer is killed. Each acknowledged record is in the stream.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
public sealed class StreamFaultTests
{
    private const int Some = 2000;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Fault(80)]
    public void KillingTheLeaderLosesNothing()
    {
        using var cluster = new NatsCluster();
        using var load = new StreamLoad(cluster.Options);
        int trials = FaultForm.Choose(1, 30);
        for (int trial = 0; trial < trials; trial++)
        {
            load.WaitForProgress(Some);
            NatsNode leader = cluster.Leader();
            leader.Kill();
            load.WaitForProgress(2 * Some);
            leader.Start();
            if (trial < trials - 1) cluster.WaitUntilCurrent();
        }

        Report("leader killed", trials, cluster, Numbers(load.Finish()));
    }

    [TestMethod]
    [Fault(81)]
    public void CuttingTheLeaderOffFromTheNetworkLosesNothing()
    {
        using var machine = new OtherMachine();
        using var cluster = new NatsCluster(machine);
        using var load = new StreamLoad(cluster.Options);
        int trials = FaultForm.Choose(1, 10);
        for (int trial = 0; trial < trials; trial++)
        {
            cluster.MakeLastLead();
            load.WaitForProgress(Some);
            machine.Vanish();
            load.WaitForProgress(2 * Some);
            machine.Return();
            if (trial < trials - 1) cluster.WaitUntilCurrent();
        }

        Report("leader cut off", trials, cluster, Numbers(load.Finish()));
    }

    [TestMethod]
    [Fault(82)]
    public void AFullDiskOfTheLeaderLosesNothing()
    {
        using var cluster = new NatsCluster(diskSize: "100m");
        using var load = new StreamLoad(cluster.Options);
        int trials = FaultForm.Choose(1, 10);
        for (int trial = 0; trial < trials; trial++)
        {
            NatsNode last = cluster.MakeLastLead();
            load.WaitForProgress(Some);
            long before = load.Acknowledged;
            cluster.Disk.Fill();
            // A leader with a full disk hands over at once, or not before it is stopped: nats-server 2.9 does both.
            Until.True(
                () => load.Acknowledged > before + (2 * Some) || load.Health.LastError is not null, "the others go on, or the writer is in trouble", () => load.Health.ToString());
            last.Kill();
            load.WaitForProgress(2 * Some);
            cluster.Disk.Empty();
            last.Start();
            if (trial < trials - 1) cluster.WaitUntilCurrent();
        }

        Report("disk of the leader full", trials, cluster, Numbers(load.Finish()));
    }

    [TestMethod]
    [Fault(83)]
    public async Task KillingTheWriterLosesNothingAsync()
    {
        using var cluster = new NatsCluster();
        using var root = new TempFolder();
        StreamLoad.WriteSettings(root, cluster.Options);
        var acknowledged = new List<string>();
        int trials = FaultForm.Choose(4, 100);
        for (int trial = 0; trial < trials; trial++)
        {
            using var flood = new Flood(root.Path, string.Create(CultureInfo.InvariantCulture, $"p{trial}"), threads: 2, size: 200);
            flood.WaitUntilReady();
            await flood.Run(1000, flood.Kill);
            Assert.IsEmpty(flood.Failures);
            acknowledged.AddRange(flood.Acknowledged);
        }
        using (AuditWriter next = new AuditWriterBuilder(root.Path).Build())
            Until.True(() => next.Health.Targets.All(target => target.QueuedBytes == 0), "no record is waiting");

        Report("writer killed", trials, cluster, acknowledged);
    }

    private static List<string> Numbers(long count) => [.. Enumerable.Range(0, (int)count).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private void Report(string fault, int trials, NatsCluster cluster, List<string> acknowledged)
    {
        cluster.WaitUntilCurrent();
        using StreamContent content = new StreamContent(cluster.Options).ReadAll(cluster.Find()!.Messages);
        string[] values = [.. content.Records.Select(record => record.Record["Id"] ?? "")];
        int twice = content.Records.Count - content.Records.DistinctBy(record => record.Id).Count();
        int lost = acknowledged.Except(values).Count();
        TestContext.WriteLine("fault | trials | acknowledged | in the stream | lost | twice within the window");
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fault} | {trials} | {acknowledged.Count} | {values.Distinct().Count()} | {lost} | {twice}"));
        Assert.AreEqual(0, lost, "lost");
        Assert.AreEqual(0, twice, "twice");
    }
}
