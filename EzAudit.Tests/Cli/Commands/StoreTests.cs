using EzAudit.Extensibility;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Records;
using EzAudit.Tests.PostgreSql;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit store</c>.</summary>
[TestClass]
public sealed class StoreTests
{
    [TestMethod]
    public void InitPrintsTheSql()
    {
        using var site = new ToolSite();

        Assert.AreEqual(AuditStore.SchemaSql, site.Run("store", "init").Expect());
    }

    [TestMethod]
    public void InitRunsItOnce()
    {
        using var database = new StoreDatabase(isInitialized: false);
        using var site = new ToolSite();

        Assert.AreEqual(AuditStore.SchemaSql, site.Run("store", "init", "--connection", database.Owner).Expect());
        StringAssert.StartsWith(site.Run("store", "init", "--run", "--connection", database.Owner).Expect(), "Created the store with schema version 2.\n");
        Assert.AreEqual("The store has schema version 2: nothing to do.\n", site.Run("store", "init", "--run", "--connection", database.Owner).Expect());
        Assert.AreEqual("", site.Run("store", "init", "--connection", database.Owner).Expect());
    }

    [TestMethod]
    public void DropSaysHowManyRecordsItDropped()
    {
        using var database = new StoreDatabase();
        using var site = new ToolSite();
        database.Execute("SELECT ezaudit.prepare_month('2025-01-01')");
        database.Execute(
            "INSERT INTO ezaudit.audit_record (time, ticks, run, number, function, login, actor_id, address, address_key, succeeded, fields, bytes) "
            + "VALUES ('2025-01-31Z', 0, 1, 1, 'f', 'l', 'i', 'a', 'a', true, '[]', '')");

        Assert.AreEqual("Dropped 1 record of 2025-01.\n", site.Run("store", "drop", "2025-01", "--reason", "old", "--connection", database.Owner).Expect());
        site.Run("store", "drop", "2025-01", "--reason", "old", "--connection", database.Owner).ExpectError($"{database.Place}: the store has no partition for 2025-01.");
        site.Run("store", "drop", "January", "--reason", "old", "--connection", database.Owner).ExpectError("MONTH: \"January\" is not a month; use one such as 2024-01");
    }

    [TestMethod]
    public void DropAsksTheLegalHoldsOfTheRoot()
    {
        using var database = new StoreDatabase();
        using var site = new ToolSite($"{ToolSite.Enabled}[Hold-case]\nFunctions[]=*\nReason=file 4711\n");
        database.Execute("SELECT ezaudit.prepare_month('2025-01-01')");
        database.Execute(
            "INSERT INTO ezaudit.audit_record (time, ticks, run, number, function, login, actor_id, address, address_key, succeeded, fields, bytes) "
            + "VALUES ('2025-01-31Z', 0, 1, 1, 'f', 'l', 'i', 'a', 'a', true, '[]', '')");

        site.Run("store", "drop", "2025-01", "--reason", "old", "--connection", database.Owner).ExpectError(
            $"{database.Place}: nothing was dropped: 1 record of 2025-01 is under the legal hold \"case\", which lasts until its section is removed (file 4711).");
    }

    [TestMethod]
    public void MoveEmptiesTheDefaultPartition()
    {
        using var database = new StoreDatabase();
        using var site = new ToolSite();
        database.Execute(
            "INSERT INTO ezaudit.audit_record (time, ticks, run, number, function, login, actor_id, address, address_key, succeeded, fields, bytes) "
            + "VALUES ('1970-01-31Z', 0, 1, 1, 'f', 'l', 'i', 'a', 'a', true, '[]', '')");

        Assert.AreEqual("Moved 1 record of 1970-01.\n", site.Run("store", "move", "--connection", database.Owner).Expect());
        Assert.AreEqual("Nothing to move.\n", site.Run("store", "move", "--connection", database.Owner).Expect());
    }

    [TestMethod]
    public void IndexBuildsTheIndexForText()
    {
        using var database = new StoreDatabase();
        using var site = new ToolSite();
        database.Execute("SELECT ezaudit.prepare_month('2025-01-01')");

        StringAssert.StartsWith(site.Run("store", "index", "--connection", database.Owner).Expect(), "Indexed 2025-01");
        Assert.AreEqual("Nothing to index.\n", site.Run("store", "index", "--connection", database.Owner).Expect());
    }

    [TestMethod]
    public async Task ReadingTheStoreGivesWhatReadingTheFilesGivesAsync()
    {
        using var database = new StoreDatabase();
        using ToolSite site = ToolSite.OfShop();
        using (AuditLogReader log = AuditLogReader.Open(site.Root.Path)) await InsertAsync(database, log.Search(AuditQuery.All));

        foreach (string[] command in new string[][]
        {
            ["search"], ["search", "-o", "json"], ["search", "--actor", "editor", "-r", "-n", "1"], ["search", "--count"], ["tail", "-n", "2", "-o", "table"],
            ["show", "Order ID=7"], ["report"], ["report", "objects"], ["report", "logins", "-o", "csv"], ["export", "-o", "csv"], ["search", "--contains", "nothing"],
        })
        {
            ToolRun files = site.Run(command);
            ToolRun store = site.Run([.. command, "--store", database.Reader]);
            Assert.AreEqual(files, store, string.Join(' ', command));
        }
    }

    [TestMethod]
    public void AStoreWithoutAVariableIsRefused()
    {
        using var site = new ToolSite();

        site.Run("search", "--store", "central").ExpectError(
            "--store: the variable EZAUDIT_STORE_CENTRAL is not set; set it to a connection string such as \"Host=db1;Database=audit;Username=auditor\"");
        site.Run("search", "--store", "central", "login.log").ExpectError("--store: cannot be combined with files");
    }

    [TestMethod]
    public void WithoutAConnectionTheMessageSaysHowToGiveOne()
    {
        using var site = new ToolSite();

        site.Run("store", "index").ExpectError("--connection: is missing; give a connection string such as \"Host=db1;Database=audit;Username=audit_owner\", or set EZAUDIT_STORE_OWNER");
    }

    private static async Task InsertAsync(StoreDatabase database, IEnumerable<AuditFoundRecord> found)
    {
        AuditEnvelope[] records = [.. found.Select((record, i) => new AuditEnvelope(
            new AuditRecordId("web1/shop", "run1", i + 1),
            new AuditRecord(record.Time, record.Record.Address, record.Record.Actor, [.. record.Record.Fields], record.Function),
            new AuditFunction { Name = record.Function! },
            record.Bytes))];
        await using var inserter = new RecordInserter(new StorePlace(database.Writer));
        await inserter.InsertAsync(records, default);
    }
}
