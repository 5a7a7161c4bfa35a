using EzAudit.EntityFrameworkCore.Sql;

namespace EzAudit.Tests.EntityFrameworkCore.Sql;

/// <summary>Each change in a text of several statements has the text of its own statement.</summary>
[TestClass]
public sealed class SqlPlacesTests
{
    [TestMethod]
    [DataRow("sqlite", "-- tag\nDELETE FROM a", "-- tag\nDELETE FROM a")]
    [DataRow("sqlite", "DELETE FROM a; SELECT 1; UPDATE b SET c = 1", "DELETE FROM a|UPDATE b SET c = 1")]
    [DataRow("sqlserver", "DECLARE @x int = 1 DELETE FROM a OUTPUT deleted.* INTO b WHERE 1 = 1 UPDATE c SET d = 1",
        "DECLARE @x int = 1 DELETE FROM a OUTPUT deleted.* INTO b WHERE 1 = 1 |DECLARE @x int = 1 DELETE FROM a OUTPUT deleted.* INTO b WHERE 1 = 1 |UPDATE c SET d = 1")]
    [DataRow("postgres", "WITH x AS (DELETE FROM a RETURNING 1) DELETE FROM b", "WITH x AS (DELETE FROM a RETURNING 1) DELETE FROM b|WITH x AS (DELETE FROM a RETURNING 1) DELETE FROM b")]
    public void AChangeHasItsStatementsText(string dialect, string sql, string expected) => Assert.AreEqual(
        expected, string.Join('|', SqlStatements.Changes(new SqlTokens(sql, SqlStatementsTests.Dialect(dialect))).Select(change => sql[change.Place])));
}
