using System.Net;
using System.Net.Sockets;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>Debian's rsyslogd with its own configuration, in a temporary directory and on free ports; writes each parsed message as a line of JSON.</summary>
internal sealed class SyslogServer : ISyslogServer
{
    private const string Template = """
        template(name="understood" type="list" option.jsonf="on") {
          property(outname="pri" name="pri" format="jsonf")
          property(outname="facility" name="syslogfacility-text" format="jsonf")
          property(outname="severity" name="syslogseverity-text" format="jsonf")
          property(outname="host" name="hostname" format="jsonf")
          property(outname="tag" name="syslogtag" format="jsonf")
          property(outname="app" name="app-name" format="jsonf")
          property(outname="process" name="procid" format="jsonf")
          property(outname="msgid" name="msgid" format="jsonf")
          property(outname="data" name="structured-data" format="jsonf")
          property(outname="msg" name="msg" format="jsonf")
          property(outname="time" name="timereported" dateFormat="rfc3339" format="jsonf")
        }
        """;

    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, MaxRecursionDepth = 2 };

    private readonly TempFolder _folder = new();
    private readonly string _inputs;
    private readonly string _address;
    private readonly string[] _wrapper;
    private readonly TlsFiles? _tls;
    private ChildProcess? _process;

    /// <param name="tls">Settings of the TLS input; <see langword="null"/> for no TLS input.</param>
    /// <param name="machine">The machine it runs on; <see langword="null"/> for this one.</param>
    public SyslogServer(TlsFiles? tls = null, OtherMachine? machine = null)
    {
        _address = machine?.Address ?? "127.0.0.1";
        _wrapper = machine?.Wrapper ?? [];
        _tls = tls;
        Needs.Programs("rsyslogd");
        if (tls is not null && !Directory.EnumerateFiles("/usr/lib", "lmnsd_ossl.so", Deep).Any()) Needs.LeaveOut("rsyslog-openssl is not installed");
        TcpPort = FreePort(SocketType.Stream);
        UdpPort = FreePort(SocketType.Dgram);
        TlsPort = FreePort(SocketType.Stream);
        SocketPath = _folder["log"];
        _inputs = $"""
            module(load="imtcp")
            input(type="imtcp" port="{TcpPort}" address="{_address}")
            module(load="imudp")
            input(type="imudp" port="{UdpPort}" address="{_address}")
            module(load="imuxsock" sysSock.use="off")
            input(type="imuxsock" socket="{SocketPath}" ignoreTimestamp="off" useSysTimeStamp="off")
            input(type="imuxsock" socket="{SocketPath}.5424" ignoreTimestamp="off" useSysTimeStamp="off" useSpecialParser="off")
            {(tls is null ? "" : TlsInput(tls))}
            """;
    }

    public int TcpPort { get; }

    public int UdpPort { get; }

    public int TlsPort { get; }

    /// <summary>The local socket in rsyslog's default form, for messages of syslog(3).</summary>
    public string SocketPath { get; }

    /// <summary>A local socket for RFC 5424, which rsyslog does not detect by itself.</summary>
    public string StructuredSocketPath => SocketPath + ".5424";

    public int ProcessId => _process!.Id;

    private string OutputPath => _folder["understood"];

    public static int FreePort(SocketType type)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static bool Listens(int port, string address = "127.0.0.1")
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(address, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public string SettingsFor(string transport, string frame) => transport switch
    {
        "udp" => $"Transport=udp\nHost=127.0.0.1\nPort={UdpPort}\n",
        "tcp octet" => $"Transport=tcp\nHost=127.0.0.1\nPort={TcpPort}\n",
        "tcp lf" => $"Transport=tcp\nHost=127.0.0.1\nPort={TcpPort}\nFraming=lf\n",
        "tls" => $"Host=localhost\nPort={TlsPort}\nCaFile={_tls!.CaFile}\n",
        _ => $"Transport=unix\nPath={(frame == "rfc5424" ? StructuredSocketPath : SocketPath)}\n",
    };

    /// <summary>Starts the server and waits until it listens.</summary>
    public void Start()
    {
        File.Delete(SocketPath);
        File.Delete(StructuredSocketPath);
        // Direct mode writes each message as soon as it is read, so a killed server loses only unread messages.
        string configuration = _folder.Write("rsyslog.conf", $"""
            global(workDirectory="{_folder.Path}" net.enableDNS="off" maxMessageSize="256k" parser.escapeControlCharactersOnReceive="on")
            main_queue(queue.type="Direct")
            {Template}
            {_inputs}
            action(type="omfile" file="{OutputPath}" template="understood" asyncWriting="off" flushOnTXEnd="on" ioBufferSize="4k")
            """);
        _process = ChildProcess.StartProgram([.. _wrapper, "rsyslogd", "-n", "-f", configuration, "-i", _folder["pid"]]);
        Until.True(() => File.Exists(StructuredSocketPath) && Listens(TcpPort, _address), "rsyslogd listens");
    }

    public void Kill()
    {
        Native.Signal(ProcessId, Native.SigKill);
        _process!.Finish();
    }

    public void Stop()
    {
        Native.Signal(ProcessId, Native.SigTerminate);
        _process!.Finish();
    }

    /// <summary>The messages parsed so far.</summary>
    public List<ReceivedMessage> Received()
    {
        if (!File.Exists(OutputPath)) return [];
        string[] lines = File.ReadAllText(OutputPath).Split('\n');
        return [.. lines[..^1].Where(line => !line.Contains("rsyslogd", StringComparison.Ordinal)).Select(ReceivedMessage.Parse)];
    }

    /// <summary>The value of a parameter of every message that has it.</summary>
    public string[] ReceivedParameters(string name) => Parameters(OutputPath, name);

    /// <summary>The value of a parameter in every line of a file that contains it.</summary>
    public static string[] Parameters(string path, string name)
    {
        string mark = $" {name}=\\\"";
        // A server killed while writing leaves a partial line and continues after it.
        return [.. File.ReadLines(path).Where(line => line.EndsWith('}')).Select(line => (Line: line, Start: line.LastIndexOf(mark, StringComparison.Ordinal)))
            .Where(found => found.Start > 0).Select(found => found.Line[(found.Start + mark.Length)..].Split('\\')[0])];
    }

    /// <summary>Waits for a number of messages.</summary>
    public List<ReceivedMessage> Wait(int count)
    {
        List<ReceivedMessage> received = [];
        Until.True(() => (received = Received()).Count >= count, $"{count} messages have arrived", () => $"{received.Count} have");
        return received;
    }

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
    }

    private string TlsInput(TlsFiles tls) =>
        $"""
        input(type="imtcp" port="{TlsPort}" address="127.0.0.1" streamDriver.name="ossl" streamDriver.mode="1"
          streamDriver.authMode="{(tls.DemandsClient ? "x509/certvalid" : "anon")}"
          streamDriver.caFile="{tls.CaFile}" streamDriver.certFile="{tls.CertificateFile}" streamDriver.keyFile="{tls.KeyFile}")
        """;
}
