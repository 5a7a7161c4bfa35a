using System.Data.Common;
using EzAudit.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.Tests.EntityFrameworkCore.Databases;

/// <summary>The database of one test.</summary>
internal abstract class TestDatabase(string connectionString) : IDisposable
{
    public string ConnectionString => connectionString;

    public static TestDatabase Create(DatabaseKind kind, TempFolder folder) => kind switch
    {
        DatabaseKind.PostgreSql => new PostgreSqlDatabase(PostgreSqlServer.OfThisRun),
        _ => new SqliteDatabase(folder),
    };

    /// <summary>Connects a context to it, with the test's execution strategy if there is one.</summary>
    public abstract void Use(DbContextOptionsBuilder builder, Func<ExecutionStrategyDependencies, IExecutionStrategy>? strategy = null);

    /// <summary>Connects a context to it so that its connection does not enlist in ambient transactions.</summary>
    public abstract void UseWithoutAmbient(DbContextOptionsBuilder builder);

    /// <summary>Makes every deletion from the outbox fail.</summary>
    public abstract string ForbidDeletions { get; }

    /// <summary>Connects a context through a connection that the test opened.</summary>
    public abstract void Use(DbContextOptionsBuilder builder, DbConnection connection);

    public abstract DbConnection Connect();

    /// <summary>What the provider throws when the connection is lost.</summary>
    public abstract DbException ConnectionLost();

    /// <summary>A second, empty database of the same kind.</summary>
    public abstract TestDatabase Another();

    public abstract void Dispose();
}
