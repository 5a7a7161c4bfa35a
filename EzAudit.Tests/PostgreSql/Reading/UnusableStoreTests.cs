using EzAudit.Extensibility;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Records;
using EzAudit.Tests.Cli;

namespace EzAudit.Tests.PostgreSql.Reading;

/// <summary>Messages about a store that cannot be read name the place, what is wrong, and what to do.</summary>
[TestClass]
public sealed class UnusableStoreTests
{
    private static StoreServer _server = null!;

    [ClassInitialize]
    public static void Start(TestContext _) => _server = new StoreServer();

    [ClassCleanup]
    public static void Stop() => _server?.Dispose();

    [TestMethod]
    public void APasswordIsRefused() => AssertMessage(
        $"{_server.As("locked")};Password=wrong", "/postgres: the server refuses the password of role locked. Correct it in the file that Passfile of Connection names.");

    [TestMethod]
    public void ARoleDoesNotExist() => AssertMessage(
        _server.As("nobody"), "/postgres: the server does not let role nobody in: role \"nobody\" does not exist. Create the role, or allow it in pg_hba.conf.");

    [TestMethod]
    public void ADatabaseDoesNotExist() => AssertMessage(
        _server.Owner.Replace("Database=postgres", "Database=missing", StringComparison.Ordinal),
        "/missing: database \"missing\" does not exist. Create the database. Run \"ezaudit store init --run\" as the owner of the database.");

    [TestMethod]
    public void ADatabaseHasNoStore() => AssertMessage(
        _server.Owner.Replace("Database=postgres", "Database=template1", StringComparison.Ordinal),
        "/template1: the database has no store of EzAudit. Run \"ezaudit store init --run\" as the owner of the database.");

    [TestMethod]
    public void ARoleHasNoRights() => AssertMessage(
        _server.As("locked") + ";Password=secret",
        "/postgres: role locked lacks rights: permission denied for table audit_record. As the owner: GRANT ezaudit_writer TO locked; (or ezaudit_reader, for reading).");

    [TestMethod]
    public void AServerIsNotThere() => AssertMessage(
        "Host=/nowhere;Username=auditor;Database=audit",
        "/audit: the server cannot be reached: Cannot assign requested address /nowhere/.s.PGSQL.5432. Start it, or correct Connection.",
        "/nowhere");

    [TestMethod]
    public void AStoreIsNewer()
    {
        using var database = new StoreDatabase();
        database.Execute("INSERT INTO ezaudit.schema_version (version) VALUES (99)");
        using var site = new ToolSite();

        foreach (string[] command in new string[][] { ["search"], ["tail"], ["report"], ["export"], ["show", "Order ID=7"] })
        {
            site.Run([.. command, "--store", database.Reader]).ExpectError(
                $"{database.Place}: found schema version 99, expected {AuditStore.SchemaVersion}. Update EzAudit here: the store was migrated by a newer version.");
        }
    }

    [TestMethod]
    public async Task AServerThatIsKilledInTheMiddleOfASearchIsNamedAsync()
    {
        using var server = new StoreServer();
        await using (var sender = new PostgreSqlSender(new StorePlace(server.Writer))) await sender.SendAsync(new AuditBatch(StoreRecords.Of("run1", 1, 5000)), default);
        using var store = new AuditStoreReader(server.Owner);
        using IEnumerator<AuditFoundRecord> found = store.SearchBackwards(AuditQuery.All).GetEnumerator();
        for (int i = 0; i < 100; i++) Assert.IsTrue(found.MoveNext());

        server.Kill();
        AuditStoreException failure = Assert.ThrowsExactly<AuditStoreException>(() =>
        {
            while (found.MoveNext())
            {
            }
        });

        StringAssert.StartsWith(failure.Message, $"{server.Directory}/postgres: the ");
        server.Start();
        Assert.AreEqual(5000, store.Count(AuditQuery.All));
    }

    private static void AssertMessage(string connection, string message, string? host = null)
    {
        using var site = new ToolSite();

        site.Run("search", "--store", connection).ExpectError($"{host ?? _server.Directory}{message}");
    }
}
