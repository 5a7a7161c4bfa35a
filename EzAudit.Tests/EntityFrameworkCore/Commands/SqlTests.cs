using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Commands;

/// <summary>The application's own SQL is recorded for the tables that it changes, in every form and with every way to run it.</summary>
[TestClass]
public sealed class SqlTests
{
    [TestMethod]
    public void ATagOfAQueryIsNoPartOfTheStatement()
    {
        using var site = new NewsSite(DatabaseKind.Sqlite);
        site.Given(new Tag { Name = "a" });
        using NewsContext context = site.Open();
        context.Tags.TagWith("it's s3cret\nDELETE FROM Scratch").ExecuteUpdate(set => set.SetProperty(tag => tag.Name, "b"));
        context.Tags.TagWith("s3cret").ExecuteDelete();
        context.Scratches.TagWith("UPDATE Tags SET").ExecuteDelete();
        string[] changes = site.Changes();
        Assert.HasCount(2, changes);
        StringAssert.StartsWith(changes[0], "Tags U Rows=1 Query=UPDATE ", StringComparison.Ordinal);
        StringAssert.StartsWith(changes[1], "Tags D Rows=1 Query=DELETE ", StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", string.Concat(changes));
    }

    [TestMethod]
    [DataRow("-- note\nUPDATE Tags SET Name = 'x'", "Tags U Rows=2 Query=UPDATE Tags SET Name = ?")]
    [DataRow("/* note */ UPDATE OR REPLACE Tags SET Name = 'x'", "Tags U Rows=2 Query=UPDATE OR REPLACE Tags SET Name = ?")]
    [DataRow("WITH a AS (SELECT 1 AS x) DELETE FROM Tags WHERE Id IN (SELECT x FROM a)", "Tags D Rows=1 Query=WITH a AS (SELECT ? AS x) DELETE FROM Tags WHERE Id IN (SELECT x FROM a)")]
    [DataRow("REPLACE INTO Tags VALUES (1, 'x')", "Tags IU Rows=1 Query=REPLACE INTO Tags VALUES (?, ?)")]
    [DataRow("DELETE FROM \"main\".\"tAGS\"", "Tags D Rows=2 Query=DELETE FROM \"main\".\"tAGS\"")]
    [DataRow("CREATE TABLE \"Order Details\" (a); INSERT INTO \"Order Details\" VALUES (1)", "Order Details I Rows=1 Query=INSERT INTO ? VALUES (?)")]
    [DataRow("UPDATE Scratch SET Text = 'Tags'; -- Tags", "")]
    [DataRow("WITH Tags AS (SELECT 1) DELETE FROM Scratch", "")]
    public void SqlIsReadAsTheDatabaseReadsIt(string sql, string expected)
    {
        using var site = new NewsSite(DatabaseKind.Sqlite);
        site.Given(new Tag { Name = "a" }, new Tag { Name = "b" }, new Scratch { Text = "a" });
        using NewsContext context = site.Open();
        context.Database.ExecuteSqlRaw(sql);
        Assert.AreEqual(expected, string.Join('|', site.Changes()));
    }

    [TestMethod]
    public async Task EachStatementOfATextIsARecord()
    {
        using var site = new NewsSite(DatabaseKind.Sqlite);
        site.Given(new Tag { Name = "a" }, new Tag { Name = "b" });
        await using NewsContext context = site.Open();
        await context.Database.ExecuteSqlRawAsync("UPDATE Tags SET Name = 'x'; DELETE FROM Scratch; DELETE FROM Patients;");
        CollectionAssert.AreEqual(
            new[] { "Tags U Rows=2 [of 3 statements together] Query=UPDATE Tags SET Name = ?", "Patients D Rows=2 [of 3 statements together] Query=DELETE FROM Patients" },
            site.Changes());
    }

    [TestMethod]
    public async Task AStatementThatReturnsItsRowsIsAChange()
    {
        using var site = new NewsSite(DatabaseKind.Sqlite, NewsSite.Settings + "AuditFileNames[page-query]=query.log\n");
        await using NewsContext context = site.Open();
        Assert.HasCount(2, context.Database.SqlQueryRaw<int>("INSERT INTO Tags (Name) VALUES ('s3cret'), ('b') RETURNING Id AS Value").ToList());
        Assert.HasCount(2, await context.Tags.FromSqlRaw("UPDATE Tags SET Name = 's3cret' RETURNING *").AsNoTracking().ToListAsync());
        CollectionAssert.AreEqual(
            new[]
            {
                "Tags I Rows=2 Query=INSERT INTO Tags (Name) VALUES (?), (?) RETURNING Id AS Value",
                "Tags U Rows=2 Query=UPDATE Tags SET Name = ? RETURNING *",
            },
            site.Changes());
        Assert.HasCount(2, site.Changes("query.log"));
        Assert.DoesNotContain("s3cret", string.Concat(site.Changes("query.log")));
    }

    [TestMethod]
    public void AStatementThatReturnsItsRowsWaitsForTheCommit()
    {
        using var site = new NewsSite(DatabaseKind.Sqlite, configure: options => options.Outbox = true);
        using NewsContext context = site.Open();
        using (context.Database.BeginTransaction()) Insert(context);
        Assert.IsEmpty(site.Changes());
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            Insert(context);
            Assert.IsEmpty(site.Changes());
            transaction.Commit();
        }
        StringAssert.StartsWith(site.Changes().Single(), "Tags I Rows=1 Query=", StringComparison.Ordinal);

        static void Insert(NewsContext context) =>
            Assert.HasCount(1, context.Database.SqlQueryRaw<int>("INSERT INTO Tags (Name) VALUES ('a') RETURNING Id AS Value").ToList());
    }

    [TestMethod]
    public void AStatementOfManyKindsIsOneRecordOfWhatIsWritten()
    {
        using var site = new NewsSite(DatabaseKind.Sqlite, NewsSite.Settings.Replace("AuditFileNames[record-insert]=change.log\n", "", StringComparison.Ordinal));
        using NewsContext context = site.Open();
        context.Database.ExecuteSqlRaw("INSERT INTO Tags VALUES (1, 'a') ON CONFLICT (Id) DO UPDATE SET Name = 'b'");
        context.Database.ExecuteSqlRaw("INSERT INTO Tags VALUES (2, 'a')");
        Assert.AreEqual("Tags IU Rows=1 Query=INSERT INTO Tags VALUES (?, ?) ON CONFLICT (Id) DO UPDATE SET Name = ?", site.Changes().Single());
    }

    [TestMethod]
    public void ReadsAreFoundByTheTablesOfAQuery()
    {
        using var site = new NewsSite(DatabaseKind.Sqlite);
        site.Given(new Patient { Name = "Patients" }, new Tag { Name = "Patients" });
        using NewsContext context = site.Open();
        Assert.HasCount(1, context.Tags.FromSqlRaw("SELECT * FROM Tags WHERE Name = 'Patients' -- FROM Patients").AsNoTracking().ToList());
        Assert.HasCount(1, context.Tags.TagWith("FROM \"Patients\"").Where(tag => tag.Name == "Patients").ToList());
        Assert.IsEmpty(site.Changes("read.log"));
        Assert.HasCount(1, context.Tags.Where(tag => context.Patients.Any(patient => patient.Name == tag.Name)).ToList());
        Assert.HasCount(1, context.Tags.FromSqlRaw("SELECT t.* FROM Tags t, main.[patients] p").AsNoTracking().ToList());
        Assert.HasCount(2, site.Changes("read.log"));
    }

    [TestMethod]
    public void AnAbandonedQuerySaysHowManyRowsWereRead()
    {
        using var site = new NewsSite(DatabaseKind.Sqlite);
        site.Given(new Patient { Name = "a" }, new Patient { Name = "b" }, new Patient { Name = "c" });
        using NewsContext context = site.Open();
        foreach (Patient patient in context.Patients.AsNoTracking().AsEnumerable().Skip(1))
        {
            Assert.AreEqual("b", patient.Name);
            break;
        }
        StringAssert.StartsWith(site.Changes("read.log").Single(), "Patients S #Id=1, 2 Rows=2 Query=", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WithOnlyMarkedEntitiesAStatementIsRecordedIfItsTableIsUnknown()
    {
        using var site = new NewsSite(DatabaseKind.Sqlite, configure: options => options.OnlyMarked = true);
        using NewsContext context = site.Open();
        context.Database.ExecuteSqlRaw("CREATE TABLE Other (a); INSERT INTO Other VALUES (1); DELETE FROM Tags");
        context.Database.ExecuteSqlRaw("DELETE FROM patients");
        StringAssert.StartsWith(site.Changes().Single(), "Patients D Rows=0", StringComparison.Ordinal);
    }
}
