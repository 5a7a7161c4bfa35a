using EzAudit.EntityFrameworkCore.Sql;

namespace EzAudit.Tests.EntityFrameworkCore.Sql;

/// <summary>What a statement changes is parsed from its text the way its database parses it.</summary>
[TestClass]
public sealed class SqlStatementsTests
{
    [TestMethod]
    [DataRow("sqlite", "-- note\nDELETE FROM Tags", "Delete Tags")]
    [DataRow("sqlite", "/* a */ /* b */UPDATE \"Tags\" AS \"t\" SET \"Name\" = 'x; DELETE FROM other'", "Update Tags")]
    [DataRow("sqlite", "insert into \"Order Details\" values (1)", "Insert Order Details")]
    [DataRow("sqlite", "UPDATE OR REPLACE main.Tags SET Name = 1", "Update main.Tags")]
    [DataRow("sqlite", "UPDATE OR IGNORE 'Tags' SET Name = 1", "Update Tags")]
    [DataRow("sqlite", "INSERT OR REPLACE INTO [Tags] VALUES (1)", "Insert+Update Tags")]
    [DataRow("sqlite", "REPLACE INTO `Tags` VALUES (1)", "Insert+Update Tags")]
    [DataRow("sqlite", "INSERT INTO Tags VALUES (1) ON CONFLICT (Id) DO UPDATE SET Name = 1", "Insert+Update Tags")]
    [DataRow("sqlite", "WITH a(x) AS (SELECT 1), b AS (SELECT 2) DELETE FROM Tags WHERE Id IN (SELECT x FROM a)", "Delete Tags")]
    [DataRow("sqlite", "DELETE FROM Tags; UPDATE Notes SET a = 1; SELECT 1", "Delete Tags|Update Notes")]
    [DataRow("sqlite", "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE FROM d; END; DELETE FROM Tags", "Delete Tags")]
    [DataRow("sqlite", "CREATE TABLE Copy AS SELECT * FROM Tags", "Insert Copy")]
    [DataRow("sqlite", "CREATE TABLE x (a INT REFERENCES y ON DELETE CASCADE ON UPDATE CASCADE)", "")]
    [DataRow("sqlite", "DROP TABLE IF EXISTS Tags", "Delete Tags?")]
    [DataRow("sqlite", "SELECT replace(a, 'update', 'delete') FROM Tags", "")]
    [DataRow("sqlite", "EXPLAIN QUERY PLAN DELETE FROM Tags", "")]
    [DataRow("sqlite", "-- DELETE FROM Tags", "")]
    [DataRow("sqlite", "PRAGMA user_version = 7", "")]
    [DataRow("sqlite", "SELECT 1 /* ; DELETE FROM Tags", "")]
    public void OfSqlite(string dialect, string sql, string expected) => Check(dialect, sql, expected);

    [TestMethod]
    [DataRow("postgres", "WITH moved AS (DELETE FROM a RETURNING *), c AS NOT MATERIALIZED (SELECT 1) INSERT INTO b SELECT * FROM moved", "Delete a?|Insert b")]
    [DataRow("postgres", "WITH d AS (DELETE FROM ONLY s.\"T\" USING x RETURNING id) SELECT count(*) FROM d", "Delete s.T?")]
    [DataRow("postgres", "UPDATE ONLY Tags * SET a = 1", "Update tags")]
    [DataRow("postgres", "DELETE FROM ONLY (\"Tags\")", "Delete Tags")]
    [DataRow("postgres", "/* a /* nested */ DELETE FROM x */ TRUNCATE TABLE ONLY \"Tags\", s.b CASCADE", "Delete Tags?|Delete s.b?")]
    [DataRow("postgres", "TRUNCATE \"Tags\"", "Delete Tags?")]
    [DataRow("postgres", "COPY \"Tags\" (\"Id\") FROM STDIN", "Insert Tags")]
    [DataRow("postgres", "COPY \"Tags\" TO STDOUT", "")]
    [DataRow("postgres", "COPY (DELETE FROM \"Tags\" RETURNING 1) TO STDOUT", "Delete Tags?")]
    [DataRow("postgres", "MERGE INTO \"Tags\" t USING x ON t.a = x.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)", "Insert+Delete Tags")]
    [DataRow("postgres", "SELECT * INTO TEMP TABLE copy FROM \"Tags\"", "Insert copy")]
    [DataRow("postgres", "SELECT * FROM \"Tags\" FOR NO KEY UPDATE", "")]
    [DataRow("postgres", "EXPLAIN (ANALYZE, BUFFERS) DELETE FROM \"Tags\"", "Delete Tags")]
    [DataRow("postgres", "EXPLAIN DELETE FROM \"Tags\"", "")]
    [DataRow("postgres", "CALL p(1)", "CALL")]
    [DataRow("postgres", "DO $$ BEGIN DELETE FROM x; END $$", "DO")]
    [DataRow("postgres", "PREPARE p AS DELETE FROM x; EXECUTE p", "EXECUTE")]
    [DataRow("postgres", "INSERT INTO a VALUES ($x$'; DELETE FROM b; --$x$)", "Insert a")]
    [DataRow("postgres", "INSERT INTO a VALUES (E'\\'; DELETE FROM b; --')", "Insert a")]
    [DataRow("postgres", "CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM a; END; DELETE FROM b", "Delete b")]
    [DataRow("postgres", "CREATE TABLE t (\"delete\" int, update int); GRANT INSERT, DELETE ON t TO u", "")]
    [DataRow("postgres", "UPDATE U&\"\\0054ags\" SET a = 1", "Update [unknown]")]
    [DataRow("postgres", "-- a\rDELETE FROM b", "Delete b")]
    public void OfPostgreSql(string dialect, string sql, string expected) => Check(dialect, sql, expected);

    [TestMethod]
    [DataRow("sqlserver", "UPDATE [o] SET [o].[A] = 1 FROM [s].[Orders] AS [o] WHERE 1 = 1", "Update s.Orders")]
    [DataRow("sqlserver", "UPDATE TOP (5) o WITH (ROWLOCK) SET A = 1 FROM x JOIN Orders o ON x.Id = o.Id", "Update Orders")]
    [DataRow("sqlserver", "DELETE [o] FROM [Orders] AS [o] INNER JOIN (SELECT 1 AS a) AS d ON d.a = o.a", "Delete Orders")]
    [DataRow("sqlserver", "DELETE FROM [t] FROM [Tags] AS [t]", "Delete Tags")]
    [DataRow("sqlserver", "DELETE TOP (10) PERCENT FROM [a]]b].[c d]", "Delete a]b.c d")]
    [DataRow("sqlserver", "INSERT TOP (5) Orders SELECT * FROM old.Orders", "Insert Orders")]
    [DataRow("sqlserver", "WITH x AS (SELECT TOP 5 * FROM Orders) DELETE FROM x", "Delete Orders")]
    [DataRow("sqlserver", ";WITH x AS (SELECT a.* FROM Orders a JOIN Items i ON 1 = 1) UPDATE x SET a = 1", "Update [unknown]")]
    [DataRow("sqlserver", "DECLARE @x int = 5 DELETE FROM Orders UPDATE Items SET a = @x SELECT 1", "Delete Orders|Update Items")]
    [DataRow("sqlserver", "SET NOCOUNT ON IF EXISTS (SELECT 1 FROM a) DELETE a ELSE BEGIN INSERT b DEFAULT VALUES END", "Delete a|Insert b")]
    [DataRow("sqlserver", "EXEC dbo.Clean @a = 1", "EXEC")]
    [DataRow("sqlserver", "sp_rename 'a', 'b'", "SP_RENAME")]
    [DataRow("sqlserver", "INSERT INTO a EXEC p", "Insert a|EXEC")]
    [DataRow("sqlserver", "SELECT * INTO Copy FROM Orders", "Insert Copy")]
    [DataRow("sqlserver", "DELETE FROM Orders OUTPUT deleted.* INTO Log WHERE Id = 1", "Delete Orders|Insert Log")]
    [DataRow("sqlserver", "DELETE FROM Orders OUTPUT deleted.Id INTO @t", "Delete Orders")]
    [DataRow("sqlserver", "MERGE Orders AS t USING s ON 1 = 1 WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED BY SOURCE THEN DELETE;", "Delete+Update Orders")]
    [DataRow("sqlserver", "SELECT 1 FROM a INNER MERGE JOIN b ON 1 = 1 OPTION (MERGE JOIN)", "")]
    [DataRow("sqlserver", "UPDATE STATISTICS Orders", "")]
    [DataRow("sqlserver", "CREATE PROCEDURE p AS DELETE FROM Orders; DELETE FROM Items", "")]
    [DataRow("sqlserver", "TRUNCATE TABLE db..Orders", "Delete db..Orders?")]
    [DataRow("sqlserver", "UPDATE Orders SET a = N'it''s; DELETE FROM b' DELETE #t", "Update Orders|Delete #t")]
    [DataRow("sqlserver", "BULK INSERT Orders FROM 'file'", "Insert Orders")]
    public void OfSqlServer(string dialect, string sql, string expected) => Check(dialect, sql, expected);

    [TestMethod]
    [DataRow("mysql", "DELETE o, i FROM Orders o JOIN Items AS i ON o.Id = i.OrderId", "Delete Orders|Delete Items")]
    [DataRow("mysql", "DELETE FROM o.*, i USING Orders o JOIN Items i", "Delete Orders|Delete Items")]
    [DataRow("mysql", "UPDATE Orders o JOIN Items i ON o.Id = i.OrderId SET o.a = 1, o.b = 2", "Update Orders")]
    [DataRow("mysql", "UPDATE LOW_PRIORITY IGNORE `a`.`b` SET c = \"x; DELETE FROM d\" # ; DELETE FROM e", "Update a.b")]
    [DataRow("mysql", "INSERT IGNORE Tags VALUES (1) ON DUPLICATE KEY UPDATE a = 1", "Insert+Update Tags")]
    [DataRow("mysql", "REPLACE DELAYED Tags SET a = 1", "Insert+Update Tags")]
    [DataRow("mysql", "LOAD DATA LOCAL INFILE 'x' REPLACE INTO TABLE Tags", "Insert+Update Tags")]
    [DataRow("mysql", "/*!50000 DELETE */ FROM Tags", "DELETE")]
    [DataRow("mysql", "UPDATE a SET b = 'it\\'s'; DELETE FROM c", "Update a|DELETE")]
    [DataRow("mysql", "UPDATE a SET b = 5--1; DELETE FROM c", "Update a|DELETE")]
    [DataRow("oracle", "INSERT ALL INTO a VALUES (1) INTO b VALUES (2) SELECT 1 FROM dual", "Insert A|Insert B")]
    [DataRow("oracle", "BEGIN DELETE FROM a; UPDATE \"b\" SET c = q'[; DELETE FROM d]'; END;", "Delete A|Update b")]
    [DataRow("other", "UPDATE a SET b = 'x\\'; DELETE FROM c", "Update a|DELETE")]
    [DataRow("other", "UPSERT INTO a VALUES (1)", "Insert+Update a")]
    [DataRow("other", "GRIND a", "GRIND")]
    public void OfOthers(string dialect, string sql, string expected) => Check(dialect, sql, expected);

    internal static SqlDialect Dialect(string name) => name switch
    {
        "sqlite" => SqlDialect.Of("Microsoft.EntityFrameworkCore.Sqlite"),
        "postgres" => SqlDialect.Of("Npgsql.EntityFrameworkCore.PostgreSQL"),
        "sqlserver" => SqlDialect.Of("Microsoft.EntityFrameworkCore.SqlServer"),
        "mysql" => SqlDialect.Of("Pomelo.EntityFrameworkCore.MySql"),
        "oracle" => SqlDialect.Of("Oracle.EntityFrameworkCore"),
        _ => SqlDialect.Of("FirebirdSql.EntityFrameworkCore.Firebird"),
    };

    private static void Check(string dialect, string sql, string expected) =>
        Assert.AreEqual(expected, string.Join('|', SqlStatements.Changes(new SqlTokens(sql, Dialect(dialect))).Select(Text)));

    // A question mark means that the rows are not counted.
    private static string Text(SqlChange change) => change.Kinds.Count == 0
        ? change.Verb
        : $"{string.Join('+', change.Kinds)} {change.Table?.ToString() ?? "[unknown]"}{(change.IsCounted ? "" : "?")}";
}
