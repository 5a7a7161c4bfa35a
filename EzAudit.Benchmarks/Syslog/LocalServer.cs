using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EzAudit.Benchmarks.Syslog;

/// <summary>An rsyslogd on a free local port that writes one line per message into memory, so that its disk does not count.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly Process _process;
    private readonly string _output;

    public LocalServer(string directory)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        _output = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : directory, $"ezaudit-received-{Environment.ProcessId}");
        File.Delete(_output);
        string configuration = Path.Combine(directory, "rsyslog.conf");
        File.WriteAllText(configuration, $$"""
            global(workDirectory="{{directory}}" net.enableDNS="off" maxMessageSize="64k")
            main_queue(queue.type="Direct")
            template(name="id" type="string" string="%app-name% %structured-data%\n")
            module(load="imtcp")
            input(type="imtcp" port="{{Port}}" address="127.0.0.1")
            action(type="omfile" file="{{_output}}" template="id" asyncWriting="off" flushOnTXEnd="off" ioBufferSize="64k")
            """);
        _process = Process.Start("rsyslogd", ["-n", "-f", configuration, "-i", Path.Combine(directory, "pid")]);
        SpinWait.SpinUntil(Listens, TimeSpan.FromSeconds(10));
    }

    public int Port { get; }

    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>Stops it and counts the records it wrote: all of them, and distinct ones.</summary>
    public (long All, long Different) Count()
    {
        using (Process end = Process.Start("kill", [_process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) end.WaitForExit();
        _process.WaitForExit();
        long all = 0;
        var different = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(_output).Where(line => line.StartsWith("ezaudit ", StringComparison.Ordinal)))
        {
            all++;
            different.Add(line.Split('"', 3)[1]);
        }
        return (all, different.Count);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        File.Delete(_output);
    }

    private bool Listens()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
