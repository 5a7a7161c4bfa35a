using EzAudit.PostgreSql;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Support;
using Npgsql;

namespace EzAudit.Tests.PostgreSql;

/// <summary>A primary PostgreSQL server with a store, and a synchronous standby that can take its place.</summary>
internal sealed class StoreCluster : IDisposable
{
    private const string Script = """
        set -e
        trap '' PIPE
        bin=$1
        dir=$(mktemp -d "${TMPDIR:-/tmp}/ezaudit-pg.XXXXXX")
        trap 'rm -rf "$dir"' EXIT
        cd "$dir"
        mkdir a b
        "$bin/initdb" -D primary -U ezaudit -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
        printf "listen_addresses = ''\nunix_socket_directories = '%s/a'\ntimezone = 'UTC'\n" "$dir" >>primary/postgresql.conf
        stop() {
            pid=$(head -n 1 $1/postmaster.pid 2>/dev/null) || return 0
            kill -9 $(cat /proc/$pid/task/$pid/children) $pid 2>/dev/null || true
            while kill -0 $pid 2>/dev/null; do sleep 0.01; done
        }
        trap 'stop primary; stop standby; cd /; rm -rf "$dir"' EXIT
        "$bin/pg_ctl" -D primary -l primary.log -w start >/dev/null || { cat primary.log >&2; exit 1; }
        "$bin/pg_basebackup" -D standby -h "$dir/a" -U ezaudit -R -X stream --checkpoint=fast --no-sync
        printf "unix_socket_directories = '%s/b'\n" "$dir" >>standby/postgresql.conf
        "$bin/pg_ctl" -D standby -l standby.log -w start >/dev/null || { cat standby.log >&2; exit 1; }
        echo "$dir" || true
        while read -r command; do
            case $command in
                kill) stop primary;;
                promote) "$bin/pg_ctl" -D standby -w promote >/dev/null;;
            esac
            echo "$command" || true
        done
        """;

    private readonly ChildProcess _shell;
    private readonly string _directory;

    public StoreCluster()
    {
        _shell = ChildProcess.StartProgram([.. PostgreSqlServer.Unprivileged, "setsid", "sh", "-c", Script, "sh", PostgreSqlServer.RequirePrograms()]);
        _directory = _shell.ReadLine();
        Query<object>("a", "ALTER SYSTEM SET synchronous_standby_names = '*'");
        Query<object>("a", "SELECT pg_reload_conf()");
        Query<object>("a", "CREATE ROLE writer LOGIN");
        var store = new AuditStore(As("a", "ezaudit"));
        store.InitializeAsync().AsTask().GetAwaiter().GetResult();
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Query<object>("a", "GRANT ezaudit_writer TO writer");
        Until.True(() => Query<string>("a", "SELECT sync_state FROM pg_stat_replication") is ["sync"], "the standby is synchronous");
    }

    /// <summary>Both servers, as a target names them.</summary>
    public string Writer => new NpgsqlConnectionStringBuilder
    {
        Host = $"{_directory}/a,{_directory}/b", Username = "writer", Database = "postgres", TargetSessionAttributes = "read-write",
    }.ConnectionString;

    /// <summary>Kills the primary with SIGKILL.</summary>
    public void KillPrimary() => Command("kill");

    public void PromoteStandby() => Command("promote");

    public List<T> QueryStandby<T>(string sql) => Query<T>("b", sql);

    public void Dispose()
    {
        _shell.Input.Close();
        _shell.Finish();
        _shell.Dispose();
    }

    private string As(string socket, string role) =>
        new NpgsqlConnectionStringBuilder { Host = $"{_directory}/{socket}", Username = role, Database = "postgres", Pooling = false }.ConnectionString;

    private List<T> Query<T>(string socket, string sql)
    {
        using var connection = new NpgsqlConnection(As(socket, "ezaudit"));
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using NpgsqlDataReader reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    private void Command(string command)
    {
        _shell.Input.WriteLine(command);
        _shell.Input.Flush();
        Assert.AreEqual(command, _shell.ReadLine());
    }
}
