using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Npgsql;

namespace EzAudit.Tests.PostgreSql.Sending;

/// <summary>Records come into the store once, whole, whatever their texts and times are and whoever else inserts them.</summary>
[TestClass]
public sealed class RecordInserterTests
{
    private const string Origin = "web1/shop/2";

    [TestMethod]
    public async Task ARecordIsStoredWithEverythingThatIsKnownAsync()
    {
        using var database = new StoreDatabase();
        var time = new DateTimeOffset(2026, 11, 29, 18, 4, 5, TimeSpan.Zero);
        AuditField[] fields = [("Node ID", 124), ("Comment", "a \"b\"\n\\"), ("Node ID", "again")];
        var record = new AuditRecord(time.AddTicks(1234567), "10.0.0.7", new AuditActor("editor", "16"), fields, "content-move", "session", "trace");
        var function = new AuditFunction { Name = "content-move" };

        await InsertAsync(database, [new AuditEnvelope(new AuditRecordId(Origin, "run1", 5), record, function, "[ the bytes ]\n\n"u8.ToArray())]);

        Assert.AreEqual(
            "2026-11-29 18:04:05.123456+00|7|5|content-move|editor|16|10.0.0.7|session|trace|t"
            + "|[{\"Node ID\": \"124\"}, {\"Comment\": \"a \\\"b\\\"\\n\\\\\"}, {\"Node ID\": \"again\"}]|[ the bytes ]\n\n|web1/shop/2|run1|web1|shop|2",
            database.Scalar<string>("""
                SELECT concat_ws('|', time, ticks % 10, number, function, login, actor_id, address, session, trace, succeeded,
                    fields, convert_from(bytes, 'UTF8'), origin, r.run, host, application, instance)
                FROM ezaudit.audit_record JOIN ezaudit.audit_run r ON r.id = audit_record.run
                """));
    }

    [TestMethod]
    [DataRow("content-move", null, true)]
    [DataRow("user-failed-login", null, false)]
    [DataRow("content-move", "denied", false)]
    [DataRow("user-failed-login", "ok", true)]
    public async Task TheOutcomeIsThatOfTheFieldsOrTheFunctionAsync(string function, string? status, bool succeeded)
    {
        using var database = new StoreDatabase();
        AuditField[] fields = status is null ? [] : [("Status", status)];
        var record = new AuditRecord(DateTimeOffset.UnixEpoch, "a", new AuditActor("l", "i"), fields, function);

        await InsertAsync(database, [new AuditEnvelope(Id(1), record, new AuditFunction { Name = function }, default)]);

        Assert.AreEqual(succeeded, database.Scalar<bool>("SELECT succeeded FROM ezaudit.audit_record"));
    }

    [TestMethod]
    public async Task EveryTextSurvivesAsync()
    {
        using var database = new StoreDatabase();
        string[] texts = [.. HostileTexts.All, .. NastyText.Pieces];

        await InsertAsync(database, texts.Select((text, i) => Envelope(i + 1, text: text)));

        List<string> logins = database.Query<string>("SELECT login FROM ezaudit.audit_record ORDER BY number");
        CollectionAssert.AreEqual(texts, logins.Select(EzAudit.PostgreSql.Text.StoreText.Decode).ToArray());
        // Names and values of fields, as PostgreSQL itself reads its JSON.
        CollectionAssert.AreEqual(
            logins, database.Query<string>("SELECT jsonb_object_keys(fields->0) FROM ezaudit.audit_record ORDER BY number"));
        Assert.AreEqual(texts.Length, database.Scalar<long>("SELECT count(*) FROM ezaudit.audit_record WHERE fields->0->>login = login"));
    }

    [TestMethod]
    public async Task EveryTimeSurvivesAsync()
    {
        using var database = new StoreDatabase();
        DateTimeOffset[] times =
        [
            DateTimeOffset.MinValue, new(1, 1, 1, 0, 0, 0, 1, TimeSpan.Zero), new(1969, 12, 31, 23, 59, 59, TimeSpan.Zero), DateTimeOffset.UnixEpoch,
            new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(-1),
            new(2026, 11, 29, 18, 0, 0, TimeSpan.Zero), new(2026, 10, 31, 23, 59, 59, 999, TimeSpan.Zero), new(2262, 4, 12, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.MaxValue,
        ];

        for (int round = 0; round < 2; round++) await InsertAsync(database, times.Select((time, i) => Envelope(i + 1, time)));

        CollectionAssert.AreEqual(
            times.Select(time => time.UtcTicks).ToArray(),
            database.Query<long>("SELECT ticks FROM ezaudit.audit_record ORDER BY number"));
        Assert.AreEqual(
            times.Length,
            database.Scalar<long>("SELECT count(*) FROM ezaudit.audit_record WHERE (extract(epoch FROM time) * 1000000)::bigint = ticks / 10 - 62135596800000000"));
    }

    [TestMethod]
    public async Task AClockThatGoesBackOverAMonthsEndIsNoObstacleAsync()
    {
        using var database = new StoreDatabase();
        var end = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        await InsertAsync(database, Enumerable.Range(1, 100).Select(number => Envelope(number, end.AddSeconds(number % 2 == 0 ? -number : number))));

        CollectionAssert.AreEqual(
            new[] { "audit_record_2026_02 50", "audit_record_2026_03 50" },
            database.Query<string>("SELECT concat_ws(' ', relname, count(*)) FROM ezaudit.audit_record r JOIN pg_class c ON c.oid = r.tableoid GROUP BY relname ORDER BY 1"));
    }

    [TestMethod]
    public async Task RecordsThatAreThereAreNotStoredAgainAsync()
    {
        using var database = new StoreDatabase();
        AuditEnvelope[] records = [.. Enumerable.Range(1, 100).Select(number => Envelope(number))];

        await InsertAsync(database, records[..60]);
        await InsertAsync(database, records[30..]);
        await InsertAsync(database, records);

        AssertStored(database, 100);
    }

    [TestMethod]
    public async Task OneInserterMayBeHandedTheSameRecordsAgainAsync()
    {
        using var database = new StoreDatabase();
        AuditEnvelope[] records = [.. Enumerable.Range(1, 100).Select(number => Envelope(number))];
        await using var inserter = new RecordInserter(new StorePlace(database.Writer));

        await inserter.InsertAsync(records[50..], default);
        await inserter.InsertAsync(records[..50], default);
        await inserter.InsertAsync(records[25..75], default);

        AssertStored(database, 100);
    }

    [TestMethod]
    public async Task SeveralInsertersMayInsertOneRunAtOnceAndOutOfOrderAsync()
    {
        using var database = new StoreDatabase();
        AuditEnvelope[] records = [.. Enumerable.Range(1, 4000).Select(number => Envelope(number, new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero).AddDays(-number / 50)))];

        await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (seed, _) =>
        {
            var random = new Random(seed);
            await using var inserter = new RecordInserter(new StorePlace(database.Writer));
            foreach (AuditEnvelope[] part in Shuffled(records.Chunk(100), random)) await inserter.InsertAsync(part, default);
        });

        AssertStored(database, 4000);
    }

    [TestMethod]
    public async Task RunsOfTwoOriginsOfTheSameNameAreToldApartAsync()
    {
        using var database = new StoreDatabase();

        await InsertAsync(database, [Envelope(1, run: "a"), Envelope(2, run: "a")]);
        await InsertAsync(database, [Envelope(1, run: "b")]);

        CollectionAssert.AreEqual(
            new[] { "a1", "a2", "b1" },
            database.Query<string>("SELECT r.run || number FROM ezaudit.audit_record JOIN ezaudit.audit_run r ON r.id = audit_record.run ORDER BY 1"));
    }

    [TestMethod]
    public async Task RefusedRecordsAreNamedAndTheOthersAreStoredAsync()
    {
        using var database = new StoreDatabase();
        database.Execute("ALTER TABLE ezaudit.audit_record ADD CONSTRAINT never CHECK (login <> 'evil')");
        int[] evil = [1, 42, 43, 99];
        AuditEnvelope[] records = [.. Enumerable.Range(0, 100).Select(i => Envelope(i + 1, text: evil.Contains(i) ? "evil" : "good"))];
        await using var inserter = new RecordInserter(new StorePlace(database.Writer));

        for (int round = 0; round < 2; round++)
        {
            IReadOnlyList<AuditStoreRefusal> refusals = await inserter.InsertAsync(records, default);

            CollectionAssert.AreEqual(evil, refusals.Select(refusal => refusal.Index).ToArray());
            Assert.AreEqual(
                $"{database.Place}: new row for relation \"audit_record_2026_11\" violates check constraint \"never\" (23514).", refusals[0].Reason);
            Assert.AreEqual(96, database.Scalar<long>("SELECT count(*) FROM ezaudit.audit_record"));
        }
    }

    [TestMethod]
    public async Task WithoutAStoreTheMessageSaysWhatToDoAsync()
    {
        using var database = new StoreDatabase(isInitialized: false);

        await ExpectFailureAsync(database.Writer, $"{database.Place}: the database has no store of EzAudit. Run \"ezaudit store init --run\" as the owner of the database.");
    }

    [TestMethod]
    public async Task ANewerStoreIsRefusedAsync()
    {
        using var database = new StoreDatabase();
        database.Execute("INSERT INTO ezaudit.schema_version (version) VALUES (99)");

        await ExpectFailureAsync(database.Writer, $"{database.Place}: found schema version 99, expected 2. Update EzAudit here: the store was migrated by a newer version.");
    }

    [TestMethod]
    public async Task ARoleWithoutRightsIsNamedAsync()
    {
        using var database = new StoreDatabase();
        database.Execute($"REVOKE ezaudit_writer FROM {database.WriterRole}");

        await ExpectFailureAsync(
            database.Writer,
            $"{database.Place}: role {database.WriterRole} lacks rights: permission denied for schema ezaudit. "
            + $"As the owner: GRANT ezaudit_writer TO {database.WriterRole}; (or ezaudit_reader, for reading).");
    }

    [TestMethod]
    public async Task AMissingDatabaseIsNamedAsync()
    {
        using var database = new StoreDatabase();
        var elsewhere = new NpgsqlConnectionStringBuilder(database.Writer) { Database = "nowhere" };

        await ExpectFailureAsync(
            elsewhere.ConnectionString,
            $"{elsewhere.Host}/nowhere: database \"nowhere\" does not exist. Create the database. Run \"ezaudit store init --run\" as the owner of the database.");
    }

    private static async Task ExpectFailureAsync(string connectionString, string message)
    {
        await using var inserter = new RecordInserter(new StorePlace(connectionString));

        AuditStoreException failure = await Assert.ThrowsExactlyAsync<AuditStoreException>(async () => await inserter.InsertAsync([Envelope(1)], default));

        Assert.AreEqual(message, failure.Message);
    }

    private static async Task InsertAsync(StoreDatabase database, IEnumerable<AuditEnvelope> records)
    {
        await using var inserter = new RecordInserter(new StorePlace(database.Writer));
        await inserter.InsertAsync([.. records], default);
    }

    private static AuditEnvelope[][] Shuffled(IEnumerable<AuditEnvelope[]> parts, Random random)
    {
        AuditEnvelope[][] shuffled = [.. parts];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static void AssertStored(StoreDatabase database, int last) => CollectionAssert.AreEqual(
        Enumerable.Range(1, last).Select(number => (long)number).ToArray(), database.Query<long>("SELECT number FROM ezaudit.audit_record ORDER BY number"));

    private static AuditRecordId Id(long number, string run = "run1") => new(Origin, run, number);

    private static AuditEnvelope Envelope(long number, DateTimeOffset? time = null, string text = "editor", string run = "run1") => new(
        Id(number, run),
        new AuditRecord(time ?? new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero), "10.0.0.7", new AuditActor(text, "16"), [(text, text)], "content-move"),
        new AuditFunction { Name = "content-move" },
        "bytes\n\n"u8.ToArray());
}
