using EzAudit.Tests.Support;
using Npgsql;

namespace EzAudit.Tests.PostgreSql;

/// <summary>A shell that runs PostgreSQL servers in a temporary directory of its own, reached through Unix sockets in it.</summary>
/// <remarks>
/// When its standard input ends, the shell stops the servers and removes the directory. That happens when it is disposed and also when the test process is
/// killed. It has a session of its own, so that signals to the test run's process group do not end it first.
/// </remarks>
internal sealed class PostgreSqlShell : IDisposable
{
    private const string Versions = "/usr/lib/postgresql";

    // make DATA SOCKETS, start DATA, stop DATA: a cluster that only Unix sockets lead to; stopped with SIGKILL.
    private const string Functions = """
        set -e
        trap '' PIPE
        bin=$1
        dir=$(mktemp -d "${TMPDIR:-/tmp}/ezaudit-pg.XXXXXX")
        trap 'rm -rf "$dir"' EXIT
        cd "$dir"
        make() {
            "$bin/initdb" -D $1 -U ezaudit -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
            printf "listen_addresses = ''\nunix_socket_directories = '%s'\ntimezone = 'UTC'\n" "$2" >>$1/postgresql.conf
        }
        start() {
            "$bin/pg_ctl" -D $1 -l $1.log -w start >/dev/null || { cat $1.log >&2; exit 1; }
        }
        stop() {
            pid=$(head -n 1 $1/postmaster.pid 2>/dev/null) || return 0
            kill -9 $(cat /proc/$pid/task/$pid/children) $pid 2>/dev/null || true
            while kill -0 $pid 2>/dev/null; do sleep 0.01; done
        }

        """;

    private readonly ChildProcess _shell;

    /// <summary>Starts the shell; the test is left out where PostgreSQL is not installed.</summary>
    /// <param name="script">Makes and starts servers, prints the directory, and reads commands until its standard input ends.</param>
    public PostgreSqlShell(string script)
    {
        _shell = ChildProcess.StartProgram([.. Unprivileged, "setsid", "sh", "-c", Functions + script, "sh", RequirePrograms()]);
        Directory = _shell.ReadLine();
    }

    /// <summary>The directory with the servers.</summary>
    public string Directory { get; }

    // PostgreSQL refuses to run as root.
    private static string[] Unprivileged =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] : [];

    private static string? Programs => System.IO.Directory.Exists(Versions)
        ? System.IO.Directory.EnumerateDirectories(Versions).Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal)
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    /// <summary>The directory of PostgreSQL's programs; the test is left out where they are not installed.</summary>
    public static string RequirePrograms()
    {
        if (Programs is null) Needs.LeaveOut("postgresql-15 is not installed");
        Needs.Programs("setpriv", "setsid");
        return Programs;
    }

    /// <summary>The first column of all rows.</summary>
    public static List<T> Query<T>(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using NpgsqlDataReader reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    /// <summary>Has the script run a command, and waits for it.</summary>
    public void Run(string command)
    {
        _shell.Input.WriteLine(command);
        _shell.Input.Flush();
        Assert.AreEqual(command, _shell.ReadLine());
    }

    public void Dispose()
    {
        _shell.Input.Close();
        _shell.Finish();
        _shell.Dispose();
    }
}
