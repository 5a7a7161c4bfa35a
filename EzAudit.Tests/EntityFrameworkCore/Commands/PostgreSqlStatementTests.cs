using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Commands;

/// <summary>SQL that PostgreSQL accepts and runs is recorded for the tables that it changes.</summary>
[TestClass]
public sealed class PostgreSqlStatementTests
{
    [TestMethod]
    [DataRow("TRUNCATE TABLE ONLY \"Tags\", \"Scratch\" CASCADE", "Tags D Rows=[unknown] Query=TRUNCATE TABLE ONLY \"Tags\", \"Scratch\" CASCADE")]
    [DataRow("-- s3cret\rUPDATE ONLY \"Tags\" SET \"Name\" = $x$s3cret'; DELETE FROM \"Patients\"; --$x$", "Tags U Rows=2 Query=UPDATE ONLY \"Tags\" SET \"Name\" = ?")]
    [DataRow("UPDATE public.\"Tags\" SET \"Name\" = E'it\\'s s3cret' /* a /* b */ s3cret */ WHERE \"Id\" > 0", "Tags U Rows=2 Query=UPDATE public.\"Tags\" SET \"Name\" = ? WHERE \"Id\" > ?")]
    [DataRow("UPDATE \"Tags\" SET \"Name\" = 's3cret\\' WHERE 's3cret' <> ''", "Tags U Rows=2 Query=UPDATE \"Tags\" SET \"Name\" = [rest left out: ambiguous]")]
    [DataRow("MERGE INTO \"Tags\" t USING (SELECT 1 AS x) s ON t.\"Name\" = 'a' WHEN MATCHED THEN DELETE", "Tags D Rows=1 Query=MERGE INTO \"Tags\" t USING (SELECT ? AS x) s ON t.\"Name\" = ? WHEN MATCHED THEN DELETE")]
    [DataRow("CREATE TABLE tags (a int); DELETE FROM Tags", "tags D Rows=0 Query=DELETE FROM Tags")]
    [DataRow("EXPLAIN (ANALYZE) DELETE FROM \"Scratch\"; EXPLAIN DELETE FROM \"Tags\"", "")]
    [DataRow("DO $$ BEGIN DELETE FROM \"Tags\"; END $$", "[unknown] IDU Rows=[unknown] Query=DO ?")]
    public void SqlIsReadAsPostgreSqlReadsIt(string sql, string expected)
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        context.Database.ExecuteSqlRaw(sql);
        Assert.AreEqual(expected, string.Join('|', site.Changes()));
    }

    [TestMethod]
    public async Task ACommonTableExpressionThatChangesRowsIsARecord()
    {
        using NewsSite site = Site();
        await using NewsContext context = site.Open();
        const string Sql = "WITH gone AS (DELETE FROM \"Tags\" RETURNING \"Name\"), s AS (DELETE FROM \"Scratch\") INSERT INTO \"Patients\" (\"Name\") SELECT \"Name\" FROM gone RETURNING \"Id\" AS \"Value\"";
        Assert.HasCount(2, await context.Database.SqlQueryRaw<int>(Sql).ToListAsync());
        CollectionAssert.AreEqual(new[] { $"Tags D Rows=[unknown] Query={Sql}", $"Patients I Rows=2 Query={Sql}" }, site.Changes());
    }

    private static NewsSite Site()
    {
        var site = new NewsSite(DatabaseKind.PostgreSql);
        site.Given(new Tag { Name = "a" }, new Tag { Name = "b" }, new Scratch { Text = "a" });
        return site;
    }
}
