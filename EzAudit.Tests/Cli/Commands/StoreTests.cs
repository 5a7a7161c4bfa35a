using EzAudit.PostgreSql;
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
        StringAssert.StartsWith(site.Run("store", "init", "--run", "--connection", database.Owner).Expect(), "Created the store with schema version 1.\n");
        Assert.AreEqual("The store has schema version 1: nothing to do.\n", site.Run("store", "init", "--run", "--connection", database.Owner).Expect());
        Assert.AreEqual("", site.Run("store", "init", "--connection", database.Owner).Expect());
    }

    [TestMethod]
    public void DropSaysHowManyRecordsItDropped()
    {
        using var database = new StoreDatabase();
        using var site = new ToolSite();
        database.Execute("SELECT ezaudit.prepare_month('2025-01-01')");
        database.Execute("INSERT INTO ezaudit.audit_record (time, tick, run, number, function, login, actor_id, address, address_key, succeeded, fields, bytes) VALUES ('2025-01-31Z', 0, 1, 1, 'f', 'l', 'i', 'a', 'a', true, '[]', '')");

        Assert.AreEqual("Dropped 1 record of 2025-01.\n", site.Run("store", "drop", "2025-01", "--reason", "old", "--connection", database.Owner).Expect());
        site.Run("store", "drop", "2025-01", "--reason", "old", "--connection", database.Owner).ExpectError($"{database.Place}: the store has no partition for 2025-01.");
        site.Run("store", "drop", "January", "--reason", "old", "--connection", database.Owner).ExpectError("MONTH: \"January\" is not a month; use one such as 2024-01");
    }

    [TestMethod]
    public void IndexBuildsTheIndexForText()
    {
        using var database = new StoreDatabase();
        using var site = new ToolSite();
        database.Execute("SELECT ezaudit.prepare_month('2025-01-01')");

        Assert.AreEqual("Indexed 1 month.\n", site.Run("store", "index", "--connection", database.Owner).Expect());
    }

    [TestMethod]
    public void WithoutAConnectionTheMessageSaysHowToGiveOne()
    {
        using var site = new ToolSite();

        site.Run("store", "index").ExpectError("--connection: is missing; give a connection string such as \"Host=db1;Database=audit;Username=audit_owner\", or set EZAUDIT_STORE_OWNER");
    }
}
