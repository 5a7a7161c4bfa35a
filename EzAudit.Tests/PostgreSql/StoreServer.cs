using EzAudit.PostgreSql;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Support;
using Npgsql;

namespace EzAudit.Tests.PostgreSql;

/// <summary>A PostgreSQL server of one test, with a store, that can be killed and started again. It syncs to disk as it does by default.</summary>
internal sealed class StoreServer : IDisposable
{
    private const string Script = """
        set -e
        trap '' PIPE
        bin=$1
        dir=$(mktemp -d "${TMPDIR:-/tmp}/ezaudit-pg.XXXXXX")
        trap 'rm -rf "$dir"' EXIT
        cd "$dir"
        "$bin/initdb" -D data -U ezaudit -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
        sed -i '1i local all locked scram-sha-256' data/pg_hba.conf
        cat >>data/postgresql.conf <<END
        listen_addresses = ''
        unix_socket_directories = '$dir'
        timezone = 'UTC'
        END
        stop() {
            pid=$(head -n 1 data/postmaster.pid 2>/dev/null) || return 0
            kill -9 $(cat /proc/$pid/task/$pid/children) $pid 2>/dev/null || true
            while kill -0 $pid 2>/dev/null; do sleep 0.01; done
        }
        trap 'stop; cd /; rm -rf "$dir"' EXIT
        echo "$dir" || true
        while read -r command; do
            case $command in
                # The shared memory of a killed server is free a moment later.
                start) until "$bin/pg_ctl" -D data -l server.log -w start >/dev/null 2>&1; do sleep 0.1; done;;
                kill) stop;;
            esac
            echo "$command" || true
        done
        """;

    private readonly ChildProcess _shell;

    public StoreServer()
    {
        _shell = ChildProcess.StartProgram([.. PostgreSqlServer.Unprivileged, "setsid", "sh", "-c", Script, "sh", PostgreSqlServer.RequirePrograms()]);
        Directory = _shell.ReadLine();
        Start();
        Execute("CREATE ROLE writer LOGIN; CREATE ROLE locked LOGIN PASSWORD 'secret'");
        var store = new AuditStore(Owner);
        store.InitializeAsync().AsTask().GetAwaiter().GetResult();
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Execute("GRANT ezaudit_writer TO writer, locked");
    }

    public string Directory { get; }

    public string Owner => As("ezaudit");

    public string Writer => As("writer");

    public string As(string role) => new NpgsqlConnectionStringBuilder { Host = Directory, Username = role, Database = "postgres", Pooling = false }.ConnectionString;

    public void Start() => Command("start");

    /// <summary>Kills the server and all of its processes with SIGKILL.</summary>
    public void Kill() => Command("kill");

    public void Execute(string sql) => Query<object>(sql);

    /// <summary>The first column of all rows.</summary>
    public List<T> Query<T>(string sql)
    {
        using var connection = new NpgsqlConnection(Owner);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using NpgsqlDataReader reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    public void Dispose()
    {
        _shell.Input.Close();
        _shell.Finish();
        _shell.Dispose();
    }

    private void Command(string command)
    {
        _shell.Input.WriteLine(command);
        _shell.Input.Flush();
        Assert.AreEqual(command, _shell.ReadLine());
    }
}
