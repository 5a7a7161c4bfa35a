using EzAudit.EntityFrameworkCore.Sql;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EzAudit.Tests.EntityFrameworkCore.Sql;

/// <summary>Compares the tables that we parse from a statement with those that SQLite itself reports.</summary>
[TestClass]
public sealed class SqliteReadingTests
{
    private static readonly string[] Comments = ["", "-- DELETE FROM Notes\n", "/* ; UPDATE Notes SET */", "\n\t", "SELECT 1;"];
    private static readonly string[] Expressions = ["", "WITH a AS (SELECT 1), b(x) AS (SELECT 2 FROM Notes) ", "WITH RECURSIVE a(n) AS (SELECT 1 UNION SELECT n + 1 FROM a WHERE n < 3) "];
    private static readonly string[] Names = ["Tags", "tags", "\"Tags\"", "[Tags]", "`Tags`", "main.Tags", "\"main\" . \"TAGS\"", "\"Order Details\"", "main.[Order Details]", "\"a\"\"b\""];
    private static readonly string[] Texts = ["'DELETE FROM Notes'", "'it''s; UPDATE Notes SET a = 1'", "1 /* DELETE */", "replace('a', 'b', 'c')", "(SELECT a FROM Notes)"];

    private static readonly string[] Statements =
    [
        "UPDATE {0} SET a = {1}", "UPDATE OR IGNORE {0} AS t SET a = {1} WHERE t.a = 1", "UPDATE OR REPLACE {0} SET (a) = (SELECT {1})", "UPDATE {0} SET a = {1} FROM Notes n WHERE n.a = 1",
        "DELETE FROM {0} WHERE a = {1}", "DELETE FROM {0} AS x WHERE x.a = {1} RETURNING *", "INSERT INTO {0} (a) VALUES ({1})", "INSERT OR ABORT INTO {0} SELECT {1}", "REPLACE INTO {0} VALUES ({1})",
        "INSERT INTO {0} AS z (a) VALUES ({1}) ON CONFLICT DO NOTHING", "INSERT INTO {0} DEFAULT VALUES", "SELECT {1} FROM {0}", "EXPLAIN DELETE FROM {0} WHERE a = {1}",
    ];

    [TestMethod]
    public void TheTextIsReadAsSqliteReadsIt()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, "CREATE TABLE Tags (a); CREATE TABLE Notes (a); CREATE TABLE \"Order Details\" (a); CREATE TABLE \"a\"\"b\" (a)");
        var changed = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        raw.sqlite3_set_authorizer(connection.Handle, (object _, int action, string table, string _, string _, string _) =>
        {
            if (action is raw.SQLITE_INSERT or raw.SQLITE_UPDATE or raw.SQLITE_DELETE) changed.Add(table);
            return raw.SQLITE_OK;
        }, null);
        var statements =
            from comment in Gen.Elements(Comments)
            from expression in Gen.Elements(Expressions)
            from statement in Gen.Elements(Statements)
            from table in Gen.Elements(Names)
            from text in Gen.Elements(Texts)
            select comment + (statement.StartsWith("EXPLAIN", StringComparison.Ordinal) ? "" : expression)
                + string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, table, text);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(statements.ListOf().ToArbitrary(), list =>
        {
            string sql = string.Join(";\n", list);
            changed.Clear();
            Run(connection, sql);
            // EXPLAIN prepares a statement without running it.
            if (sql.Contains("EXPLAIN", StringComparison.Ordinal)) return true;
            string[] read = [.. SqlStatements.Changes(new SqlTokens(sql, SqlDialect.Sqlite)).Select(change => change.Table!.Table).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
            return read.SequenceEqual(changed, StringComparer.OrdinalIgnoreCase);
        }));
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
