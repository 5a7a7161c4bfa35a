using EzAudit.Tests.Support;
using Npgsql;

namespace EzAudit.Tests.EntityFrameworkCore.Databases;

/// <summary>A PostgreSQL server for this test run: a new cluster in a temporary directory, reached through a Unix socket in it.</summary>
/// <remarks>
/// A shell starts the server; when its standard input ends, it stops the server and removes the directory. That happens at the end of the run and also
/// when the test process is killed. It has a session of its own, so that signals to the test run's process group do not end it first.
/// </remarks>
internal sealed class PostgreSqlServer : IDisposable
{
    private const string Versions = "/usr/lib/postgresql";

    private const string Script = """
        set -e
        trap '' PIPE
        bin=$1
        dir=$(mktemp -d "${TMPDIR:-/tmp}/ezaudit-pg.XXXXXX")
        trap 'rm -rf "$dir"' EXIT
        cd "$dir"
        "$bin/initdb" -D data -U ezaudit -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
        cat >>data/postgresql.conf <<END
        listen_addresses = ''
        unix_socket_directories = '$dir'
        fsync = off
        full_page_writes = off
        synchronous_commit = off
        autovacuum = off
        max_connections = 300
        max_prepared_transactions = 20
        timezone = 'UTC'
        END
        "$bin/pg_ctl" -D data -l server.log -w start >/dev/null || { cat server.log >&2; exit 1; }
        trap '"$bin/pg_ctl" -D data -m immediate stop >/dev/null; cd /; rm -rf "$dir"' EXIT
        echo "$dir" || true
        cat >/dev/null
        """;

    private static readonly Lazy<PostgreSqlServer> Started = new(() => new PostgreSqlServer());

    private readonly ChildProcess _shell;
    private readonly string _directory;
    private int _databases;

    private PostgreSqlServer()
    {
        _shell = ChildProcess.StartProgram([.. Unprivileged, "setsid", "sh", "-c", Script, "sh", Programs!]);
        _directory = _shell.ReadLine();
    }

    /// <summary>The server, started by the first test that asks; the test is left out where PostgreSQL is not installed.</summary>
    public static PostgreSqlServer OfThisRun
    {
        get
        {
            RequirePrograms();
            return Started.Value;
        }
    }

    /// <summary>The directory of PostgreSQL's programs; the test is left out where they are not installed.</summary>
    public static string RequirePrograms()
    {
        if (Programs is null) Needs.LeaveOut("postgresql-15 is not installed");
        Needs.Programs("setpriv", "setsid");
        return Programs;
    }

    // PostgreSQL refuses to run as root.
    public static string[] Unprivileged =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] : [];

    private static string? Programs => Directory.Exists(Versions)
        ? Directory.EnumerateDirectories(Versions).Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal)
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

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

    public void Dispose()
    {
        _shell.Input.Close();
        _shell.Finish();
        _shell.Dispose();
    }

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = _directory, Username = "ezaudit", Database = database, MaxPoolSize = 20 }.ConnectionString;

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
