using EzAudit.PostgreSql;
using EzAudit.Tests.Support;
using Npgsql;

namespace EzAudit.Tests.PostgreSql;

/// <summary>A primary PostgreSQL server with a store, and a synchronous standby that can take its place.</summary>
internal sealed class StoreCluster : IDisposable
{
    private const string Script = """
        mkdir a b
        make primary "$dir/a"
        trap 'stop primary; stop standby; cd /; rm -rf "$dir"' EXIT
        start primary
        "$bin/pg_basebackup" -D standby -h "$dir/a" -U ezaudit -R -X stream --checkpoint=fast --no-sync
        printf "unix_socket_directories = '%s/b'\n" "$dir" >>standby/postgresql.conf
        start standby
        echo "$dir" || true
        while read -r command; do
            case $command in
                kill) stop primary;;
                promote) "$bin/pg_ctl" -D standby -w promote >/dev/null;;
            esac
            echo "$command" || true
        done
        """;

    private readonly PostgreSqlShell _shell = new(Script);

    public StoreCluster()
    {
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
        Host = $"{_shell.Directory}/a,{_shell.Directory}/b", Username = "writer", Database = "postgres", TargetSessionAttributes = "read-write",
    }.ConnectionString;

    /// <summary>Kills the primary with SIGKILL.</summary>
    public void KillPrimary() => _shell.Run("kill");

    public void PromoteStandby() => _shell.Run("promote");

    public List<T> QueryStandby<T>(string sql) => Query<T>("b", sql);

    public void Dispose() => _shell.Dispose();

    private string As(string socket, string role) =>
        new NpgsqlConnectionStringBuilder { Host = $"{_shell.Directory}/{socket}", Username = role, Database = "postgres", Pooling = false }.ConnectionString;

    private List<T> Query<T>(string socket, string sql) => PostgreSqlShell.Query<T>(As(socket, "ezaudit"), sql);
}
