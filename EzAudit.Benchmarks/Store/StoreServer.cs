using System.Diagnostics;
using EzAudit.PostgreSql;
using Npgsql;

namespace EzAudit.Benchmarks.Store;

/// <summary>A PostgreSQL server of this run, which syncs to disk as it does by default, and which only a Unix socket leads to.</summary>
/// <remarks>It is run by a shell that stops the server, and removes its directory unless that is kept, when its standard input ends: also if this program is killed.</remarks>
internal sealed class StoreServer : IDisposable
{
    private const string Versions = "/usr/lib/postgresql";

    private const string Script = """
        set -e
        trap '' PIPE
        bin=$1 dir=$2 keeps=$3
        umask 077
        [ -n "$dir" ] || dir=$(mktemp -d "$4/ezaudit-store.XXXXXX")
        mkdir -p "$dir"
        cd "$dir"
        trap '"$bin/pg_ctl" -D data -m fast -w stop >/dev/null; cd /; [ -n "$keeps" ] || rm -rf "$dir"' EXIT
        if [ ! -e data ]; then
            "$bin/initdb" -D data -U ezaudit -A trust -E UTF8 --locale=C >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
            cat >>data/postgresql.conf <<END
        listen_addresses = ''
        timezone = 'UTC'
        shared_buffers = '1GB'
        max_wal_size = '8GB'
        END
        fi
        rm -f data/postmaster.pid
        "$bin/pg_ctl" -D data -l data.log -o "-k '$dir'" -w start >/dev/null || { cat data.log >&2; exit 1; }
        echo "$dir"
        cat >/dev/null
        """;

    private readonly Process _shell;

    /// <param name="directory">An existing or new directory of a server; <see langword="null"/> for a temporary one.</param>
    /// <param name="parent">Where a temporary directory is made.</param>
    public StoreServer(string? directory, string parent)
    {
        // PostgreSQL refuses to run as root.
        string[] command = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] : [];
        if (directory is not null && Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory(directory);
            using Process owner = Process.Start("chown", ["nobody:nogroup", directory]);
            owner.WaitForExit();
        }
        command = [.. command, "setsid", "sh", "-c", Script, "sh", Programs(), directory ?? "", directory is null ? "" : "keeps", parent];
        _shell = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Sockets = _shell.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The PostgreSQL server does not start.");
    }

    /// <summary>The directory of the server and its socket.</summary>
    public string Sockets { get; }

    public static string Programs() =>
        (Directory.Exists(Versions) ? Directory.EnumerateDirectories(Versions).Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal).LastOrDefault() : null)
            ?? throw new InvalidOperationException($"{Versions} does not exist; install postgresql-15.");

    public string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder { Host = Sockets, Username = "ezaudit", Database = database }.ConnectionString;

    /// <summary>Creates a database with an empty store, in place of one of the same name.</summary>
    public string CreateStore(string database)
    {
        DropStore(database);
        Execute("postgres", $"CREATE DATABASE {database}");
        AuditStore store = new(ConnectionTo(database));
        try
        {
            store.InitializeAsync().AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        Execute(database, "CHECKPOINT");
        return ConnectionTo(database);
    }

    public void DropStore(string database)
    {
        NpgsqlConnection.ClearAllPools();
        Execute("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    public void Execute(string database, string sql) => Scalar(database, sql);

    public object? Scalar(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionTo(database) + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }
}
