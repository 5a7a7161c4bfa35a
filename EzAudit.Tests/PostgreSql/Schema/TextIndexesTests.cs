using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using Npgsql;

namespace EzAudit.Tests.PostgreSql.Schema;

/// <summary>Past months and past days of the current month get an index for text search.</summary>
[TestClass]
public sealed class TextIndexesTests
{
    [TestMethod]
    public async Task EachMonthThatHasEndedIsIndexedAsAWholeAsync()
    {
        using var database = new StoreDatabase();
        Prepare(database, "2025-01-01", "2025-02-01");

        CollectionAssert.AreEqual(new[] { "2025-01" }, await BuildAsync(database, new DateOnly(2025, 2, 1)));
        CollectionAssert.AreEqual(Array.Empty<string>(), await BuildAsync(database, new DateOnly(2025, 2, 1)));
        CollectionAssert.AreEqual(new[] { "audit_record_2025_01_text" }, Indexes(database));
    }

    [TestMethod]
    public async Task TheDaysSinceTheLastRunAreIndexedAsync()
    {
        using var database = new StoreDatabase();
        Prepare(database, "2025-02-01");

        CollectionAssert.AreEqual(new[] { "2025-02-01 to 2025-02-09" }, await BuildAsync(database, new DateOnly(2025, 2, 10)));
        CollectionAssert.AreEqual(new[] { "2025-02-10" }, await BuildAsync(database, new DateOnly(2025, 2, 11)));
        CollectionAssert.AreEqual(Array.Empty<string>(), await BuildAsync(database, new DateOnly(2025, 2, 11)));
        CollectionAssert.AreEqual(new[] { "audit_record_2025_02_text_01_09", "audit_record_2025_02_text_10_10" }, Indexes(database));
    }

    [TestMethod]
    public async Task IndexesOfManyDaysAreReplacedByOneAsync()
    {
        using var database = new StoreDatabase();
        Prepare(database, "2025-02-01");

        for (int day = 2; day <= 9; day++) await BuildAsync(database, new DateOnly(2025, 2, day));

        CollectionAssert.AreEqual(new[] { "audit_record_2025_02_text_01_08" }, Indexes(database));
    }

    [TestMethod]
    public async Task TheIndexOfAMonthReplacesThoseOfItsDaysAsync()
    {
        using var database = new StoreDatabase();
        Prepare(database, "2025-02-01");
        await BuildAsync(database, new DateOnly(2025, 2, 10));

        CollectionAssert.AreEqual(new[] { "2025-02" }, await BuildAsync(database, new DateOnly(2025, 3, 1)));
        CollectionAssert.AreEqual(new[] { "audit_record_2025_02_text" }, Indexes(database));
    }

    [TestMethod]
    public async Task WhatAnInterruptedRunLeftIsBuiltAgainAsync()
    {
        using var database = new StoreDatabase();
        Prepare(database, "2025-01-01");
        await BuildAsync(database, new DateOnly(2025, 2, 1));
        database.Execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ezaudit.audit_record_2025_01_text'::regclass");

        CollectionAssert.AreEqual(new[] { "2025-01" }, await BuildAsync(database, new DateOnly(2025, 2, 1)));
        Assert.AreEqual("true", database.Scalar<string>("SELECT indisvalid::text FROM pg_index WHERE indexrelid = 'ezaudit.audit_record_2025_01_text'::regclass"));
    }

    [TestMethod]
    public async Task TheCurrentMonthIsIndexedAsAWholeOnRequestAsync()
    {
        using var database = new StoreDatabase();
        Prepare(database, "2025-02-01");
        await using var store = new AuditStore(database.Owner);

        IReadOnlyList<string> built = await store.IndexTextAsync(new DateOnly(2025, 2, 10), includeCurrent: true, default);

        CollectionAssert.Contains(built.ToArray(), "2025-02");
    }

    [TestMethod]
    public async Task OnlyOneRunBuildsAtATimeAsync()
    {
        using var database = new StoreDatabase();
        using var other = new NpgsqlConnection(database.Owner + ";Pooling=false");
        other.Open();
        using (NpgsqlCommand command = other.CreateCommand())
        {
            command.CommandText = "SELECT pg_advisory_lock(x'657a617564697402'::bigint)";
            command.ExecuteNonQuery();
        }

        AuditStoreException failure = await Assert.ThrowsExactlyAsync<AuditStoreException>(async () => await BuildAsync(database, new DateOnly(2025, 2, 1)));

        Assert.AreEqual($"{database.Place}: another process is building the indexes for text search. Wait for its end.", failure.Message);
    }

    private static void Prepare(StoreDatabase database, params string[] months)
    {
        foreach (string month in months) database.Execute($"SELECT ezaudit.prepare_month('{month}')");
    }

    private static async Task<string[]> BuildAsync(StoreDatabase database, DateOnly today)
    {
        await using var store = new AuditStore(database.Owner);
        return [.. await store.IndexTextAsync(today, includeCurrent: false, default)];
    }

    private static List<string> Indexes(StoreDatabase database) =>
        database.Query<string>("SELECT relname::text FROM pg_class WHERE relkind = 'i' AND relname ~ '_text(_\\d\\d_\\d\\d)?$' ORDER BY 1");
}
