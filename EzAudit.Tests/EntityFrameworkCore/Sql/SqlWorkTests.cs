using EzAudit.EntityFrameworkCore.Sql;

namespace EzAudit.Tests.EntityFrameworkCore.Sql;

/// <summary>Parsing takes time linear in the length of the text: each character and each token is visited a bounded number of times.</summary>
[TestClass]
public sealed class SqlWorkTests
{
    private const int Times = 2000;

    private const int MostReads = 150;

    private static readonly string[] Dialects = ["sqlite", "postgres", "sqlserver", "mysql", "oracle", "other"];

    [TestMethod]
    [DataRow("$a$ $b$ ")]
    [DataRow("$a$b$a")]
    [DataRow("'")]
    [DataRow("'a\\' ")]
    [DataRow("\" a")]
    [DataRow("/* ")]
    [DataRow("/* */ -- a\r")]
    [DataRow("q'[ ]")]
    [DataRow("(")]
    [DataRow("(SELECT ")]
    [DataRow("a.")]
    [DataRow("a..")]
    [DataRow("FROM a, ")]
    [DataRow("UPDATE a SET b = 1 ")]
    [DataRow("UPDATE a ")]
    [DataRow("DELETE a ")]
    [DataRow("DELETE a FROM b AS a ")]
    [DataRow("DELETE FROM a; ")]
    [DataRow("INSERT INTO a VALUES (1) ")]
    [DataRow("MERGE a WHEN MATCHED THEN DELETE ")]
    [DataRow("EXEC p a ")]
    [DataRow("SELECT a INTO b ")]
    [DataRow("BEGIN INSERT INTO a ")]
    [DataRow("BEGIN DELETE a ")]
    [DataRow("EXPLAIN (")]
    [DataRow("CREATE TRIGGER t BEGIN ")]
    [DataRow("TRUNCATE a, ")]
    [DataRow("AS (INSERT INTO a ")]
    [DataRow("AS (INSERT INTO a VALUES (1)), ")]
    [DataRow("x AS (SELECT 1 FROM a), ")]
    [DataRow("SELECT \"a\" AS \"b\", ")]
    [DataRow("1e+")]
    public void TheWorkGrowsWithTheLength(string fragment)
    {
        foreach (string name in Dialects)
        {
            foreach (string start in (string[])["", "WITH ", "UPDATE a, b SET c = ", "DELETE a, b FROM "])
            {
                string sql = start + string.Concat(Enumerable.Repeat(fragment, Times));
                var tokens = new SqlTokens(sql, SqlStatementsTests.Dialect(name));
                IReadOnlyList<SqlChange> changes = SqlStatements.Changes(tokens);
                _ = SqlRedaction.Of(tokens, _ => false);
                long reads = tokens.Text.Reads + tokens.Reads;
                Assert.IsLessThan((long)sql.Length * MostReads, reads, $"{name}: {start}");
                Assert.IsLessThanOrEqualTo(sql.Length, changes.Count);
            }
        }
    }
}
