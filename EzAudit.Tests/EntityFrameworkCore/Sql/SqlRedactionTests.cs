using EzAudit.EntityFrameworkCore.Sql;

namespace EzAudit.Tests.EntityFrameworkCore.Sql;

/// <summary>No literal is left in a statement's text, by the rules of its database; uncertain text is left out.</summary>
[TestClass]
public sealed class SqlRedactionTests
{
    private const string LeftOut = SqlRedaction.LeftOut;

    [TestMethod]
    [DataRow("sqlite", "UPDATE \"Tags\" AS \"t\"\n SET \"Name\" = \"s3cret\", x = 'it''s s3cret' -- s3cret\nWHERE \"t\".\"Id\" > 12.5e3", "UPDATE \"Tags\" AS \"t\" SET \"Name\" = ?, x = ? WHERE \"t\".\"Id\" > ?")]
    [DataRow("sqlite", "SELECT $a, @b, :c, ?1, x'53', 0x1F, .5, /* s3cret */ TRUE", "SELECT $a, @b, :c, ?1, ?, ?, ?, ?")]
    [DataRow("sqlite", "SELECT 'C:\\', name FROM [a b], `c`", "SELECT ?, name FROM [a b], `c`")]
    [DataRow("sqlite", "SELECT $$s3cret$$ FROM a", $"SELECT {LeftOut}")]
    [DataRow("sqlite", "PRAGMA key = s3cret", "PRAGMA key = ?")]
    [DataRow("sqlite", "PRAGMA main.key(\"s3cret\"); SELECT a", "PRAGMA main.key(?); SELECT a")]
    [DataRow("sqlite", "ATTACH DATABASE 'a' AS b KEY s3cret", "ATTACH DATABASE ? AS ? ? ?")]
    [DataRow("postgres", "SELECT $$s3cret$$, $t$s3cret $$ $t$, E'it\\'s s3cret', U&'s3cret', B'101', N's3cret', a[1:2], b::int, $1", "SELECT ?, ?, ?, U&?, ?, ?, a[?:?], b::int, $1")]
    [DataRow("postgres", "UPDATE a SET b = 'it\\'s s3cret' WHERE c = 'x'", $"UPDATE a SET b = {LeftOut}")]
    [DataRow("postgres", "UPDATE \"a\" SET \"b\"=@p0 /* a /* s3cret */ s3cret */ WHERE data#>>'{s3cret}' = ''", "UPDATE \"a\" SET \"b\"=@p0 WHERE data#>>? = ?")]
    [DataRow("postgres", "SET my.password TO s3cret", "SET my.password TO ?")]
    [DataRow("sqlserver", "UPDATE [a]]b] SET c = N's3cret', d = \"s3cret\", e = $12.50, f = \u00a312, g = 0xAB", "UPDATE [a]]b] SET c = ?, d = ?, e = ?, f = ?, g = ?")]
    [DataRow("sqlserver", "EXEC dbo.sp_adduser s3cret, [s3cret], @p, @a = 5", "EXEC dbo.sp_adduser ?, ?, @p, @a = ?")]
    [DataRow("sqlserver", "SELECT 1 EXEC p s3cret", "SELECT ? EXEC p ?")]
    [DataRow("mysql", "UPDATE `a` SET b = \"s3cret\", c = 'x' # s3cret\n WHERE d = 'it\\'s s3cret'", $"UPDATE `a` SET b = ?, c = ? WHERE d = {LeftOut}")]
    [DataRow("mysql", "SELECT a /*! 's3cret' */ FROM b", $"SELECT a {LeftOut}")]
    [DataRow("mysql", "SELECT 1 --s3cret", $"SELECT ? {LeftOut}")]
    [DataRow("oracle", "SELECT q'[it's s3cret]', nq'!s3cret!', 'a' FROM \"b\" WHERE c = :1", "SELECT ?, ?, ? FROM \"b\" WHERE c = :1")]
    [DataRow("oracle", "ALTER USER scott IDENTIFIED BY s3cret", "ALTER USER ? ? BY ?")]
    [DataRow("other", "SELECT 'a', \"s3cret\", t.\"b\" FROM c WHERE d = [s3cret]", $"SELECT ?, ?, t.\"b\" FROM c WHERE d = {LeftOut}")]
    [DataRow("other", "SELECT 'it\\'s s3cret'", $"SELECT {LeftOut}")]
    public void LiteralsAreOmitted(string dialect, string sql, string expected) => Assert.AreEqual(
        expected, SqlRedaction.Of(new SqlTokens(sql, SqlStatementsTests.Dialect(dialect)), name => name is "Tags" or "Name"));
}
