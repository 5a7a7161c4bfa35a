using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using Npgsql;

namespace EzAudit.Tests.PostgreSql.Schema;

/// <summary>The store is created and migrated, and its tables refuse what must not happen.</summary>
[TestClass]
public sealed class AuditStoreTests
{
    private const string Row = "INSERT INTO ezaudit.audit_record (time, ticks, run, number, function, login, actor_id, address, address_key, succeeded, fields, bytes)";

    [TestMethod]
    public async Task AStoreIsCreatedOnceAsync()
    {
        using var database = new StoreDatabase(isInitialized: false);
        await using var store = new AuditStore(database.Owner);

        Assert.AreEqual(0, await store.FindVersionAsync());
        Assert.AreEqual(AuditStore.SchemaSql, await store.FindPendingSqlAsync());
        Assert.AreEqual(0, await store.InitializeAsync());
        Assert.AreEqual("", await store.FindPendingSqlAsync());
        Assert.AreEqual(AuditStore.SchemaVersion, await store.InitializeAsync());
        Assert.AreEqual(AuditStore.SchemaVersion, database.Scalar<int>("SELECT max(version) FROM ezaudit.schema_version"));
    }

    [TestMethod]
    public void ThePrintedSqlCreatesTheSameStore()
    {
        using var database = new StoreDatabase(isInitialized: false);

        database.Execute(AuditStore.SchemaSql);

        Assert.AreEqual(AuditStore.SchemaVersion, database.Scalar<int>("SELECT max(version) FROM ezaudit.schema_version"));
    }

    [TestMethod]
    public void TwoProcessesMayCreateItAtOnce()
    {
        using var database = new StoreDatabase(isInitialized: false);

        Parallel.For(0, 4, _ =>
        {
            try
            {
                database.Initialize();
            }
            catch (AuditStoreException)
            {
                // The one that comes later fails as a whole; the next attempt finds the store.
                database.Initialize();
            }
        });

        CollectionAssert.AreEqual(Enumerable.Range(1, AuditStore.SchemaVersion).ToArray(), database.Query<int>("SELECT version FROM ezaudit.schema_version ORDER BY version"));
    }

    [TestMethod]
    public void TheMonthsOfTodayAndOfTheNextMonthHavePartitions()
    {
        using var database = new StoreDatabase();

        Assert.AreEqual(
            2, database.Scalar<long>("SELECT count(*) FROM pg_inherits WHERE inhparent = 'ezaudit.audit_record'::regclass AND inhrelid::regclass::text ~ '_20\\d\\d_\\d\\d$'"));
    }

    [TestMethod]
    [DataRow("UPDATE ezaudit.audit_record SET login = 'x'")]
    [DataRow("DELETE FROM ezaudit.audit_record")]
    [DataRow("TRUNCATE ezaudit.audit_record")]
    [DataRow("TRUNCATE ezaudit.audit_record_default")]
    [DataRow("DELETE FROM ezaudit.audit_record_default")]
    [DataRow("SET session_replication_role = replica; DELETE FROM ezaudit.audit_record")]
    [DataRow("DELETE FROM ezaudit.audit_run")]
    [DataRow("UPDATE ezaudit.audit_run SET host = 'x'")]
    [DataRow("TRUNCATE ezaudit.audit_run")]
    [DataRow("DELETE FROM ezaudit.store_event")]
    [DataRow("DELETE FROM ezaudit.checkpoint")]
    [DataRow("TRUNCATE ezaudit.checkpoint")]
    public void NotEvenTheOwnerChangesRecords(string sql)
    {
        using var database = new StoreDatabase();
        database.Execute($"{Row} VALUES ('1901-01-01', 0, 1, 1, 'f', 'l', 'i', 'a', 'a', true, '[]', ''), (now(), 0, 1, 2, 'f', 'l', 'i', 'a', 'a', true, '[]', '')");

        PostgresException failure = Assert.ThrowsExactly<PostgresException>(() => database.Execute(sql));

        StringAssert.StartsWith(failure.MessageText, "The audit trail cannot be changed: ");
        Assert.AreEqual(2, database.Scalar<long>("SELECT count(*) FROM ezaudit.audit_record WHERE login = 'l'"));
    }

    [TestMethod]
    [DataRow("SELECT * FROM ezaudit.audit_record")]
    [DataRow("SELECT * FROM ezaudit.audit_run")]
    [DataRow("SELECT * FROM ezaudit.checkpoint")]
    [DataRow("INSERT INTO ezaudit.checkpoint (ledger, size, line, origin, role) VALUES ('l', 1, 'l', 'o', 'r')")]
    [DataRow("UPDATE ezaudit.audit_record SET login = 'x'")]
    [DataRow("DELETE FROM ezaudit.audit_record")]
    [DataRow("DELETE FROM ezaudit.audit_record_default")]
    [DataRow("TRUNCATE ezaudit.audit_record")]
    [DataRow("DROP TABLE ezaudit.audit_record")]
    [DataRow("INSERT INTO ezaudit.audit_run (origin, run, host, application, instance) VALUES ('o', 'r', 'h', 'a', 'i')")]
    [DataRow("SELECT ezaudit.drop_month('2026-01-01', 'x')")]
    [DataRow("CREATE TABLE ezaudit.x ()")]
    public void AWriterMayInsertAndNothingElse(string sql)
    {
        using var database = new StoreDatabase();
        database.Execute($"{Row} VALUES (now(), 0, 1, 1, 'f', 'l', 'i', 'a', 'a', true, '[]', '')", database.Writer);

        PostgresException failure = Assert.ThrowsExactly<PostgresException>(() => database.Execute(sql, database.Writer));

        Assert.AreEqual(PostgresErrorCodes.InsufficientPrivilege, failure.SqlState);
    }

    [TestMethod]
    [DataRow("INSERT INTO ezaudit.audit_record SELECT * FROM ezaudit.audit_record")]
    [DataRow("DELETE FROM ezaudit.audit_record")]
    [DataRow("SELECT ezaudit.prepare_month('2026-01-01')")]
    public void AReaderMayOnlyRead(string sql)
    {
        using var database = new StoreDatabase();
        database.Execute("SELECT * FROM ezaudit.audit_record, ezaudit.audit_run, ezaudit.store_event", database.Reader);

        PostgresException failure = Assert.ThrowsExactly<PostgresException>(() => database.Execute(sql, database.Reader));

        Assert.AreEqual(PostgresErrorCodes.InsufficientPrivilege, failure.SqlState);
    }

    [TestMethod]
    public async Task DroppingAMonthIsOnRecordAsync()
    {
        using var database = new StoreDatabase();
        database.Execute("SELECT ezaudit.prepare_month('2025-01-01')");
        database.Execute(
            $"{Row} VALUES ('2025-01-31 23:59:59.999999Z', 0, 1, 1, 'f', 'l', 'i', 'a', 'a', true, '[]', ''), ('2025-02-01Z', 0, 1, 2, 'f', 'l', 'i', 'a', 'a', true, '[]', '')");
        await using var store = new AuditStore(database.Owner);

        Assert.AreEqual(1, await store.DropMonthAsync(new DateOnly(2025, 1, 17), "kept long enough"));

        CollectionAssert.AreEqual(new[] { 2L }, database.Query<long>("SELECT number FROM ezaudit.audit_record"));
        Assert.AreEqual(
            "drop-month 2025-01 1 kept long enough ezaudit",
            database.Scalar<string>("SELECT concat_ws(' ', event, detail->>'month', detail->>'records', detail->>'reason', role) FROM ezaudit.store_event"));
    }

    [TestMethod]
    public async Task AMonthThatIsNotThereIsNotDroppedAsync()
    {
        using var database = new StoreDatabase();
        await using var store = new AuditStore(database.Owner);

        AuditStoreException failure = await Assert.ThrowsExactlyAsync<AuditStoreException>(async () => await store.DropMonthAsync(new DateOnly(2020, 2, 1), "old"));

        Assert.AreEqual($"{database.Place}: the store has no partition for 2020-02.", failure.Message);
        Assert.AreEqual(0, database.Scalar<long>("SELECT count(*) FROM ezaudit.store_event"));
    }

    [TestMethod]
    public async Task PastMonthsGetAnIndexForTextAsync()
    {
        using var database = new StoreDatabase();
        database.Execute("SELECT ezaudit.prepare_month('2025-01-01')");
        await using var store = new AuditStore(database.Owner);

        Assert.AreEqual(1, await store.IndexTextAsync());
        Assert.AreEqual(0, await store.IndexTextAsync());
        CollectionAssert.AreEqual(new[] { "audit_record_2025_01_text" }, database.Query<string>("SELECT indexname::text FROM pg_indexes WHERE indexname LIKE '%\\_text'"));
    }
}
