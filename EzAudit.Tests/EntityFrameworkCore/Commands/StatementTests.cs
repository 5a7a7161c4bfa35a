using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Commands;

/// <summary>Statements that change rows without loading them, and queries, have records of their own kind.</summary>
public abstract class StatementTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : StatementTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : StatementTests(DatabaseKind.PostgreSql);

    private const string WithQueries = NewsSite.Settings + "AuditFileNames[page-query]=query.log\n";

    [TestMethod]
    public async Task AnUpdateOfManyRowsIsOneRecordWithoutValues()
    {
        using var site = new NewsSite(database);
        site.Given(new Tag { Name = "a" }, new Tag { Name = "b" });
        await using NewsContext context = site.Open();
        string name = "from outside";
        await context.Tags.ExecuteUpdateAsync(set => set.SetProperty(tag => tag.Name, tag => name));
        context.Tags.ExecuteUpdate(set => set.SetProperty(tag => tag.Name, "literal"));
        string[] changes = site.Changes();
        Assert.HasCount(2, changes);
        StringAssert.StartsWith(changes[0], $"Tags U Rows=2 Query=UPDATE \"Tags\" AS {Alias("t")} SET \"Name\" = @", StringComparison.Ordinal);
        Assert.DoesNotContain("outside", changes[0]);
        Assert.DoesNotContain("literal", changes[1]);
    }

    [TestMethod]
    public void ADeleteOfManyRowsWaitsForTheCommit()
    {
        using var site = new NewsSite(database);
        site.Given(new Tag { Name = "a" }, new Tag { Name = "b" });
        using NewsContext context = site.Open();
        using (context.Database.BeginTransaction()) context.Tags.ExecuteDelete();
        Assert.IsEmpty(site.Changes());
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            context.Tags.Where(tag => tag.Id > 1).ExecuteDelete();
            transaction.Commit();
        }
        CollectionAssert.AreEqual(new[] { $"Tags D Rows=1 Query=DELETE FROM \"Tags\" AS {Alias("t")} WHERE {Alias("t")}.\"Id\" > ?" }, site.Changes());
    }

    [TestMethod]
    public void SqlOfTheApplicationIsReadForWhatItDoes()
    {
        using var site = new NewsSite(database, WithQueries);
        using NewsContext context = site.Open();
        string tags = database == DatabaseKind.Sqlite ? "[Tags]" : "public.\"Tags\"";
        string setting = database == DatabaseKind.Sqlite ? "PRAGMA user_version =" : "SET statement_timeout =";
        (string update, string set) = ($"UPDATE {tags}\n SET \"Name\" = {{0}} WHERE \"Id\" = 1", $"{setting} 7");
        context.Database.ExecuteSqlRaw("insert into \"Tags\" (\"Name\") values ('it''s a secret')");
        context.Database.ExecuteSqlRaw(update, "x");
        context.Database.ExecuteSqlRaw(set);
        CollectionAssert.AreEqual(
            new[]
            {
                "Tags I Rows=1 Query=insert into \"Tags\" (\"Name\") values (?)", $"Tags U Rows=1 Query=UPDATE {tags} SET \"Name\" = @p0 WHERE \"Id\" = ?",
            },
            site.Changes());
        StringAssert.StartsWith(site.Changes("query.log").Single(), $"Query={setting} ? Parameters= Rows=", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ValuesAreWrittenWhereTheyAreAllowed()
    {
        using var site = new NewsSite(database, configure: options => options.Values = true);
        using NewsContext context = site.Open();
        context.Database.ExecuteSql($"UPDATE \"Tags\" SET \"Name\" = {"x"} WHERE \"Id\" = 1");
        CollectionAssert.AreEqual(new[] { "Tags U Rows=0 Query=UPDATE \"Tags\" SET \"Name\" = @p0 WHERE \"Id\" = 1 Parameters=@p0=x" }, site.Changes());
    }

    [TestMethod]
    public void StatementsOnExcludedEntitiesAreNotRecorded()
    {
        using var site = new NewsSite(database);
        using NewsContext context = site.Open();
        context.Scratches.ExecuteDelete();
        Assert.IsEmpty(site.Changes());
    }

    [TestMethod]
    public async Task AReadOfMarkedEntitiesIsOneRecordAQueryWithKeys()
    {
        using var site = new NewsSite(database, configure: options => options.MostKeys = 2);
        site.Given(new Patient { Name = "a" }, new Patient { Name = "b" }, new Patient { Name = "c" }, new Tag { Name = "t" });
        await using NewsContext context = site.Open();
        Assert.HasCount(3, await context.Patients.AsNoTracking().OrderBy(patient => patient.Id).ToListAsync());
        Assert.IsNotNull(context.Patients.Find(2));
        Assert.HasCount(1, context.Tags.ToList());
        Assert.HasCount(2, context.Patients.Where(patient => patient.Id > 1).Select(patient => patient.Name).ToList());
        Assert.HasCount(3, context.Patients.FromSqlRaw("select * from \"Patients\"").AsNoTracking().ToList());
        string[] reads = site.Changes("read.log");
        Assert.HasCount(4, reads);
        Assert.AreEqual($"Patients S #Id=1, 2, ... [+1] Rows=3 Query=SELECT {Alias("p")}.\"Id\", {Alias("p")}.\"Name\" FROM \"Patients\" AS {Alias("p")} ORDER BY {Alias("p")}.\"Id\"", reads[0]);
        StringAssert.StartsWith(reads[1], "Patients S #Id=2 Rows=1 Query=", StringComparison.Ordinal);
        StringAssert.StartsWith(reads[2], $"Patients S Rows=2 Query=SELECT {Alias("p")}.\"Name\"", StringComparison.Ordinal);
        StringAssert.StartsWith(reads[3], "Patients S #Id=1, 2, ... [+1] Rows=3 Query=select * from \"Patients\"", StringComparison.Ordinal);
    }

    [TestMethod]
    public void QueriesAreRecordedWhereTheSettingsWriteThem()
    {
        using var site = new NewsSite(database, WithQueries);
        site.Given(new Tag { Name = "a" });
        using NewsContext context = site.Open();
        int least = 0;
        Assert.HasCount(1, context.Tags.Where(tag => tag.Id > least).ToList());
        context.Add(new Tag { Name = "b" });
        context.SaveChanges();
        string query = site.Changes("query.log").Single();
        StringAssert.StartsWith(query, $"Query=SELECT {Alias("t")}.\"Id\", {Alias("t")}.\"Name\" FROM \"Tags\" AS {Alias("t")} WHERE {Alias("t")}.\"Id\" > @least Parameters=@least Rows=1 Duration=", StringComparison.Ordinal);
    }

    // PostgreSQL's provider quotes only names that need it.
    private string Alias(string name) => database == DatabaseKind.Sqlite ? $"\"{name}\"" : name;
}
