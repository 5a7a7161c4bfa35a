using EzAudit.PostgreSql;
using Npgsql;

namespace EzAudit.Tests.PostgreSql;

/// <summary>A PostgreSQL server of one test, with a store, that can be killed and started again. It syncs to disk as it does by default.</summary>
internal sealed class StoreServer : IDisposable
{
    private const string Script = """
        make data "$dir"
        sed -i '1i local all locked scram-sha-256' data/pg_hba.conf
        trap 'stop data; cd /; rm -rf "$dir"' EXIT
        echo "$dir" || true
        while read -r command; do
            case $command in
                # The shared memory of a killed server is free a moment later.
                start) until "$bin/pg_ctl" -D data -l data.log -w start >/dev/null 2>&1; do sleep 0.1; done;;
                kill) stop data;;
            esac
            echo "$command" || true
        done
        """;

    private readonly PostgreSqlShell _shell = new(Script);

    public StoreServer()
    {
        Start();
        Execute("CREATE ROLE writer LOGIN; CREATE ROLE locked LOGIN PASSWORD 'secret'");
        var store = new AuditStore(Owner);
        store.InitializeAsync().AsTask().GetAwaiter().GetResult();
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Execute("GRANT ezaudit_writer TO writer, locked");
    }

    public string Directory => _shell.Directory;

    public string Owner => As("ezaudit");

    public string Writer => As("writer");

    public string As(string role) => new NpgsqlConnectionStringBuilder { Host = Directory, Username = role, Database = "postgres", Pooling = false }.ConnectionString;

    public void Start() => _shell.Run("start");

    /// <summary>Kills the server and all of its processes with SIGKILL.</summary>
    public void Kill() => _shell.Run("kill");

    public void Execute(string sql) => Query<object>(sql);

    /// <summary>The first column of all rows.</summary>
    public List<T> Query<T>(string sql) => PostgreSqlShell.Query<T>(Owner, sql);

    public void Dispose() => _shell.Dispose();
}
