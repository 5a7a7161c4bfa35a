using System.Globalization;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Records;
using EzAudit.Tests.Children;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.PostgreSql;

/// <summary>The writer or the server is killed with SIGKILL while records come in: each acknowledged one is in the store, once.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class StoreKillTests
{
    private const int BatchSize = 200;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void KillingTheWriterLosesNothingAndStoresNothingTwice()
    {
        using var server = new StoreServer();
        int trials = FaultForm.Choose(8, 100);
        var random = new Random(14);
        long acknowledged = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            // The spool of the next process may still contain records whose acknowledgement it had no time to note.
            long first = Math.Max(1, acknowledged + 1 - random.Next(3 * BatchSize));
            using ChildProcess writer = ChildProcess.Start(nameof(InsertIntoStore), server.Writer, "killed", first.ToString(CultureInfo.InvariantCulture));
            for (int batch = random.Next(1, 20); batch > 0; batch--) acknowledged = Math.Max(acknowledged, long.Parse(writer.ReadLine(), CultureInfo.InvariantCulture));
            writer.Kill();
            while (writer.TryReadLine() is { } line) acknowledged = Math.Max(acknowledged, long.Parse(line, CultureInfo.InvariantCulture));
        }

        Report(server, "writer killed", trials, acknowledged);
    }

    [TestMethod]
    public async Task KillingTheServerLosesNothingAndStoresNothingTwiceAsync()
    {
        using var server = new StoreServer();
        int trials = FaultForm.Choose(4, 50);
        var random = new Random(14);
        long acknowledged = 0;
        await using var inserter = new RecordInserter(new StorePlace(server.Writer));
        for (int trial = 0; trial < trials; trial++)
        {
            long last = acknowledged + (random.Next(2, 20) * BatchSize);
            Task kill = Task.Run(() =>
            {
                Until.True(() => Volatile.Read(ref acknowledged) >= last, "the records before the kill are stored");
                server.Kill();
            });
            bool hasFailed = false;
            while (!hasFailed)
            {
                try
                {
                    await inserter.InsertAsync(StoreRecords.Of("served", acknowledged + 1, BatchSize), default);
                    Volatile.Write(ref acknowledged, acknowledged + BatchSize);
                }
                catch (AuditStoreException)
                {
                    hasFailed = true;
                }
            }
            await kill;
            server.Start();
            // Whether the last batch was committed, nobody knows.
            await inserter.InsertAsync(StoreRecords.Of("served", acknowledged + 1, BatchSize), default);
            acknowledged += BatchSize;
        }

        Report(server, "server killed", trials, acknowledged);
    }

    [TestMethod]
    public async Task AWrongPasswordIsNamedAndARightOneWorksAfterwardsAsync()
    {
        using var server = new StoreServer();
        await using (var wrong = new RecordInserter(new StorePlace(server.As("locked") + ";Password=wrong")))
        {
            AuditStoreException failure = await Assert.ThrowsExactlyAsync<AuditStoreException>(async () => await wrong.InsertAsync(StoreRecords.Of("locked", 1, 1), default));
            Assert.AreEqual($"{server.Directory}/postgres: the server refuses the password of role locked. Correct it in the file that Passfile of Connection names.", failure.Message);
        }
        await using var right = new RecordInserter(new StorePlace(server.As("locked") + ";Password=secret"));

        await right.InsertAsync(StoreRecords.Of("locked", 1, 1), default);

        Assert.HasCount(1, server.Query<long>("SELECT number FROM ezaudit.audit_record"));
    }

    [TestMethod]
    public async Task AServerThatIsAwayIsNamedAsync()
    {
        using var server = new StoreServer();
        server.Kill();
        await using var inserter = new RecordInserter(new StorePlace(server.Writer));

        AuditStoreException failure = await Assert.ThrowsExactlyAsync<AuditStoreException>(async () => await inserter.InsertAsync(StoreRecords.Of("away", 1, 1), default));

        Assert.AreEqual($"{server.Directory}/postgres: the server cannot be reached: Connection refused. Start it, or correct Connection.", failure.Message);
    }

    [TestMethod]
    public async Task AFollowerIsToldThatTheServerIsAwayAsync()
    {
        using var server = new StoreServer();
        await using (var inserter = new RecordInserter(new StorePlace(server.Writer)))
            await inserter.InsertAsync(StoreRecords.Of("followed", 1, 1), default);
        using var reader = new AuditStoreReader(server.Owner);
        await using IAsyncEnumerator<AuditFoundRecord> followed = reader.FollowAsync(new AuditQuery(), last: 1).GetAsyncEnumerator();
        Assert.IsTrue(await followed.MoveNextAsync());
        server.Kill();

        AuditStoreException failure = await Assert.ThrowsExactlyAsync<AuditStoreException>(async () => await followed.MoveNextAsync());

        Assert.StartsWith($"{server.Directory}/postgres: ", failure.Message);
    }

    private void Report(StoreServer server, string fault, int trials, long acknowledged)
    {
        List<long> stored = StoreFaultReport.Write(TestContext, server, fault, trials, acknowledged);
        CollectionAssert.AreEqual(Enumerable.Range(1, stored.Count).Select(number => (long)number).ToArray(), stored, "in the order of the run, without a gap");
    }
}
