using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EzAudit.Nats;
using EzAudit.Nats.Settings;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace EzAudit.Benchmarks.Nats;

/// <summary>Three nats-servers on this machine. Each contender has a stream of its own, which all three keep.</summary>
internal sealed class NatsServers : IDisposable
{
    private const int Size = 3;

    private readonly List<Process> _processes = [];

    public NatsServers(string directory)
    {
        int[] ports = [.. Enumerable.Range(0, 2 * Size).Select(_ => FreePort())];
        string routes = string.Join(", ", ports[Size..].Select(port => string.Create(CultureInfo.InvariantCulture, $"\"nats://127.0.0.1:{port}\"")));
        for (int i = 0; i < Size; i++)
        {
            string path = Path.Combine(directory, $"n{i}.conf");
            File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
                server_name: n{{i}}
                listen: "127.0.0.1:{{ports[i]}}"
                log_file: "{{path}}.log"
                jetstream { store_dir: "{{path}}.store", max_file_store: 20GB }
                cluster { name: bench, listen: "127.0.0.1:{{ports[Size + i]}}", routes: [{{routes}}] }
                """));
            _processes.Add(Process.Start(new ProcessStartInfo("nats-server", ["-c", path]) { RedirectStandardError = true })!);
        }
        Options = new AuditStreamOptions { Url = string.Join(',', ports[..Size].Select(port => string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{port}"))) };
    }

    public AuditStreamOptions Options { get; }

    /// <summary>Creates a stream; its name is its subject, too.</summary>
    public async Task<AuditStreamOptions> CreateAsync(string name)
    {
        AuditStreamOptions options = Options with { Stream = name, Subject = name };
        for (long start = Stopwatch.GetTimestamp(); ;)
        {
            await using var stream = new AuditStream(options);
            try
            {
                await stream.InitializeAsync();
                return options;
            }
            catch (AuditStreamException) when (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1))
            {
                // The cluster has no leader yet.
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Deletes a stream, and returns how many messages it had.</summary>
    public async Task<long> DeleteAsync(string name)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = Options.Servers[0] });
        var context = new NatsJSContext(connection);
        INatsJSStream stream = await context.GetStreamAsync(name);
        await context.DeleteStreamAsync(name);
        return stream.Info.State.Messages;
    }

    /// <summary>The processor time of all three.</summary>
    public double ProcessorSeconds()
    {
        foreach (Process process in _processes) process.Refresh();
        return _processes.Sum(process => process.TotalProcessorTime.TotalSeconds);
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
