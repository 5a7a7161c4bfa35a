namespace EzAudit.Tests.EntityFrameworkCore.Databases;

/// <summary>The databases that the tests of EF Core run on.</summary>
public enum DatabaseKind
{
    /// <summary>A file in the test's own directory.</summary>
    Sqlite,

    /// <summary>A separate database on the server of this test run.</summary>
    PostgreSql,
}
