using System.Data.Common;
using EzAudit.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.Tests.EntityFrameworkCore.Databases;

/// <summary>A SQLite database in a file of the test's directory.</summary>
internal sealed class SqliteDatabase(TempFolder folder, string file = "news.db") : TestDatabase($"Data Source={folder[file]};Pooling=False")
{
    private const int Busy = 5;

    public override void Use(DbContextOptionsBuilder builder, Func<ExecutionStrategyDependencies, IExecutionStrategy>? strategy = null) =>
        builder.UseSqlite(ConnectionString, sqlite =>
        {
            if (strategy is not null) sqlite.ExecutionStrategy(strategy);
        });

    public override string ForbidDeletions =>
        "CREATE TRIGGER forbid BEFORE DELETE ON \"AuditOutbox\" BEGIN SELECT RAISE(ABORT, 'forbidden'); END";

    public override void UseWithoutAmbient(DbContextOptionsBuilder builder)
    {
        Use(builder);
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.AmbientTransactionWarning));
    }

    public override void Use(DbContextOptionsBuilder builder, DbConnection connection) => builder.UseSqlite(connection);

    public override DbConnection Connect()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    public override DbException ConnectionLost() => new SqliteException("lost", Busy);

    public override TestDatabase Another() => new SqliteDatabase(folder, "another.db");

    public override void Dispose()
    {
    }
}
