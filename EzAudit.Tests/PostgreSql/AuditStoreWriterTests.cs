using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using EzAudit.Records;

namespace EzAudit.Tests.PostgreSql;

/// <summary>Records of many servers come into the store together, each once, whoever else brings the same ones.</summary>
[TestClass]
public sealed class AuditStoreWriterTests
{
    private const string All = "SELECT origin || '/' || r.run || '/' || number FROM ezaudit.audit_record JOIN ezaudit.audit_run r ON r.id = audit_record.run";
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task ABatchOfAThousandServersIsOneTransactionAsync()
    {
        using var database = new StoreDatabase();
        AuditEnvelope[] records = [.. Enumerable.Range(0, 5000).Select(i => Envelope($"web{i % 1000}/shop", "a", 1 + (i / 1000)))];
        await using var writer = new AuditStoreWriter(database.Writer);

        Assert.IsEmpty(await writer.InsertAsync(records));

        AssertStored(database, records);
        Assert.AreEqual(1, database.Scalar<long>("SELECT count(DISTINCT xact) FROM ezaudit.audit_record"));
        Assert.AreEqual(1000, database.Scalar<long>("SELECT count(*) FROM ezaudit.audit_run WHERE host || '/shop' = origin AND application = 'shop'"));
    }

    [TestMethod]
    public async Task RecordsThatAreThereAreLeftOutRunByRunAsync()
    {
        using var database = new StoreDatabase();
        AuditEnvelope[] records = [.. Enumerable.Range(0, 600).Select(i => Envelope($"web{i % 20}/shop", $"run{i % 3}", 1 + i))];
        await using (var first = new AuditStoreWriter(database.Writer)) await first.InsertAsync([.. records.Where((_, i) => i % 7 == 0)]);
        await using var second = new AuditStoreWriter(database.Writer);
        await second.InsertAsync(records[..100]);

        await second.InsertAsync(records);
        await second.InsertAsync(records);

        AssertStored(database, records);
    }

    [TestMethod]
    public async Task ARecordThatComesTwiceInABatchIsStoredOnceAsync()
    {
        using var database = new StoreDatabase();
        AuditEnvelope[] records = [Envelope("a/b", "r", 2), Envelope("c/d", "r", 1), Envelope("a/b", "r", 1), Envelope("a/b", "r", 2), Envelope("c/d", "r", 1)];
        await using var writer = new AuditStoreWriter(database.Writer);

        Assert.IsEmpty(await writer.InsertAsync(records));

        AssertStored(database, records[..3]);
    }

    [TestMethod]
    public async Task CollectorsMayInsertTheSameRecordsOfManyRunsAtOnceAsync()
    {
        using var database = new StoreDatabase();
        // Several months, so that several indexes are involved.
        AuditEnvelope[] records = [.. Enumerable.Range(0, 6000).Select(i => Envelope($"web{i % 50}/shop", "a", 1 + (i / 50), Start.AddDays(-(i * 37 % 300))))];

        await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (seed, token) =>
        {
            var random = new Random(seed);
            AuditEnvelope[] mine = [.. records];
            random.Shuffle(mine);
            await using var writer = new AuditStoreWriter(database.Writer);
            foreach (AuditEnvelope[] batch in mine.Chunk(500)) Assert.IsEmpty(await writer.InsertAsync(batch, token));
        });

        AssertStored(database, records);
    }

    [TestMethod]
    public async Task AnOriginThatTheStoreRefusesHoldsUpNobodyAsync()
    {
        using var database = new StoreDatabase();
        string tooLong = new('x', 1001);
        AuditEnvelope[] records = [Envelope("a/b", "r", 1), Envelope(tooLong, "r", 1), Envelope("c/d", "r", 1), Envelope(tooLong, "r", 2)];
        await using var writer = new AuditStoreWriter(database.Writer);

        IReadOnlyList<AuditStoreRefusal> refusals = await writer.InsertAsync(records);

        CollectionAssert.AreEqual(new[] { 1, 3 }, refusals.Select(refusal => refusal.Index).ToArray());
        Assert.AreEqual(
            $"{database.Place}: new row for relation \"audit_run\" violates check constraint \"audit_run_origin_check\" (23514).", refusals[0].Reason);
        AssertStored(database, [records[0], records[2]]);
    }

    [TestMethod]
    public async Task ARecordThatNoIndexCanTakeHoldsUpNobodyAsync()
    {
        using var database = new StoreDatabase();
        var random = new Random(14);
        // A text that does not compress below the most that an index entry can have.
        string name = string.Concat(Enumerable.Range(0, 6000).Select(_ => (char)random.Next('0', 'z')));
        AuditEnvelope[] records = [Envelope("a/b", "r", 1), Envelope(new AuditRecordId("a/b", "r", 2), Start, name), Envelope("a/b", "r", 3)];
        await using var writer = new AuditStoreWriter(database.Writer);

        AuditStoreRefusal refusal = (await writer.InsertAsync(records)).Single();

        Assert.AreEqual(1, refusal.Index);
        StringAssert.Contains(refusal.Reason, "exceeds btree version 4 maximum 2704 for index \"audit_record_2026_11_function_time_idx\" (54000).");
        AssertStored(database, [records[0], records[2]]);
    }

    [TestMethod]
    public async Task AnOlderStoreIsRefusedAsync()
    {
        using var database = new StoreDatabase();
        database.Execute("DELETE FROM ezaudit.schema_version WHERE version > 1");
        await using var writer = new AuditStoreWriter(database.Writer);

        AuditStoreException failure = await Assert.ThrowsExactlyAsync<AuditStoreException>(async () => await writer.InsertAsync([Envelope("a/b", "r", 1)]));

        Assert.AreEqual(
            $"{database.Place}: found schema version 1, expected {AuditStore.SchemaVersion}. Run \"ezaudit store init --run\" as the owner of the database.", failure.Message);
    }

    [TestMethod]
    public async Task NothingToInsertNeedsNoServerAsync()
    {
        await using var writer = new AuditStoreWriter("Host=/nowhere;Username=nobody;Database=none");

        Assert.IsEmpty(await writer.InsertAsync([]));
        AuditStoreException failure = await Assert.ThrowsExactlyAsync<AuditStoreException>(async () => await writer.CheckAsync());
        Assert.StartsWith("/nowhere/none: the server cannot be reached: ", failure.Message);
    }

    private static void AssertStored(StoreDatabase database, IEnumerable<AuditEnvelope> records) => CollectionAssert.AreEquivalent(
        records.Select(record => string.Create(CultureInfo.InvariantCulture, $"{record.Id.Origin}/{record.Id.Run}/{record.Id.Number}")).ToArray(), database.Query<string>(All));

    private static AuditEnvelope Envelope(string origin, string run, long number, DateTimeOffset? time = null) =>
        Envelope(new AuditRecordId(origin, run, number), time ?? Start.AddSeconds(number), "content-move");

    private static AuditEnvelope Envelope(AuditRecordId id, DateTimeOffset time, string function) => new(
        id,
        new AuditRecord(time, "10.0.0.7", new AuditActor("editor", "16"), [("Node ID", id.Number)], function),
        new AuditFunction { Name = function },
        "bytes\n\n"u8.ToArray());
}
