using System.Diagnostics;
using System.Globalization;

namespace EzAudit.Benchmarks.Store;

/// <summary>A session of <c>psql</c> in which statements are prepared once and timed by <c>\timing</c>, at the client.</summary>
internal sealed class PsqlSession : IDisposable
{
    private readonly Process _process;

    public PsqlSession(StoreServer server, string database)
    {
        _process = Process.Start(new ProcessStartInfo(Path.Combine(StoreServer.Programs(), "psql"), ["-X", "-q", "-h", server.Sockets, "-U", "ezaudit", "-d", database, "-v", "ON_ERROR_STOP=1"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Send(@"\o /dev/null");
        Send("SET timezone = 'UTC'; SET work_mem = '64MB';");
    }

    /// <summary>Prepares a statement under a name.</summary>
    public void Prepare(string name, string sql) => Send($"PREPARE {name} AS {sql.ReplaceLineEndings(" ")};");

    /// <summary>Executes a statement; returns the milliseconds until all rows had arrived.</summary>
    public double Execute(string name)
    {
        Send(@"\timing on");
        Send($"EXECUTE {name};");
        Send(@"\timing off");
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("Time: ", StringComparison.Ordinal)) return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        }
        throw new InvalidOperationException($"psql ended at {name}.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Send(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }
}
