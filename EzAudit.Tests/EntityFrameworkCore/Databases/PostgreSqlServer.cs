using EzAudit.Tests.PostgreSql;
using Npgsql;

namespace EzAudit.Tests.EntityFrameworkCore.Databases;

/// <summary>A PostgreSQL server for this test run, which forgets everything in a crash. Stopped at the end of the run.</summary>
internal sealed class PostgreSqlServer : IDisposable
{
    private const string Script = """
        make data "$dir"
        cat >>data/postgresql.conf <<END
        fsync = off
        full_page_writes = off
        synchronous_commit = off
        autovacuum = off
        max_connections = 300
        max_prepared_transactions = 20
        END
        start data
        trap '"$bin/pg_ctl" -D data -m immediate stop >/dev/null; cd /; rm -rf "$dir"' EXIT
        echo "$dir" || true
        cat >/dev/null
        """;

    private static readonly Lazy<PostgreSqlServer> Started = new(() => new PostgreSqlServer());

    private readonly PostgreSqlShell _shell = new(Script);
    private int _databases;

    private PostgreSqlServer()
    {
    }

    /// <summary>The server, started by the first test that asks; the test is left out where PostgreSQL is not installed.</summary>
    public static PostgreSqlServer OfThisRun
    {
        get
        {
            PostgreSqlShell.RequirePrograms();
            return Started.Value;
        }
    }

    /// <summary>Stops the server if a test started it.</summary>
    public static void End()
    {
        if (Started.IsValueCreated) Started.Value.Dispose();
    }

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public string CreateDatabase()
    {
        string name = $"test{Interlocked.Increment(ref _databases)}";
        Execute($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public void DropDatabase(string connectionString) =>
        Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public void Dispose() => _shell.Dispose();

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = _shell.Directory, Username = "ezaudit", Database = database, MaxPoolSize = 20 }.ConnectionString;

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
