using System.Net.Sockets;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>Debian's syslog-ng, configured as by a careful operator: a source waits for its destination, and unwritten messages are on disk.</summary>
internal sealed class SyslogNgServer : ISyslogServer
{
    // Debian's package would replace rsyslog if installed; unpacked, as test.sh does it, it runs next to rsyslog.
    private static readonly string[] Places = ["/opt/syslog-ng", ""];

    private readonly TempFolder _folder = new();
    private readonly string _program;
    private readonly string _libraries;
    private readonly TlsFiles? _tls;
    private ChildProcess? _process;

    /// <param name="tls">Settings of the TLS source; <see langword="null"/> for no TLS source.</param>
    public SyslogNgServer(TlsFiles? tls = null)
    {
        string? place = Places.FirstOrDefault(place => File.Exists(place + "/usr/sbin/syslog-ng"));
        if (place is null) Needs.LeaveOut("syslog-ng is not installed");
        _program = place + "/usr/sbin/syslog-ng";
        _libraries = place + "/usr/lib/syslog-ng";
        _tls = tls;
        OctetPort = SyslogServer.FreePort(SocketType.Stream);
        LfPort = SyslogServer.FreePort(SocketType.Stream);
        TlsPort = SyslogServer.FreePort(SocketType.Stream);
        UdpPort = SyslogServer.FreePort(SocketType.Dgram);
        Directory.CreateDirectory(OutputDirectory);
    }

    public int OctetPort { get; }

    public int LfPort { get; }

    public int TlsPort { get; }

    public int UdpPort { get; }

    public string SocketPath => _folder["log"];

    /// <summary>The directory of its output and of nothing else, so that another disk can be mounted there.</summary>
    public string OutputDirectory => _folder["output"];

    public int ProcessId => _process!.Id;

    private string OutputPath => Path.Combine(OutputDirectory, "understood");

    public string SettingsFor(string transport, string frame) => transport switch
    {
        "udp" => $"Transport=udp\nHost=127.0.0.1\nPort={UdpPort}\n",
        "tcp octet" => $"Transport=tcp\nHost=127.0.0.1\nPort={OctetPort}\n",
        "tcp lf" => $"Transport=tcp\nHost=127.0.0.1\nPort={LfPort}\nFraming=lf\n",
        "tls" => $"Host=localhost\nPort={TlsPort}\nCaFile={_tls!.CaFile}\n",
        _ => $"Transport=unix\nPath={SocketPath}\n",
    };

    /// <summary>Starts the server and waits until it listens.</summary>
    public void Start()
    {
        File.Delete(SocketPath);
        string configuration = _folder.Write("syslog-ng.conf", $$"""
            @version: 3.35
            options { keep-hostname(yes); use-dns(no); time-reopen(1); log-msg-size(262144); stats-freq(0); };
            source understood {
              syslog(transport("tcp") ip("127.0.0.1") port({{OctetPort}}) max-connections(100));
              network(transport("tcp") ip("127.0.0.1") port({{LfPort}}) flags(syslog-protocol) max-connections(100));
              syslog(transport("udp") ip("127.0.0.1") port({{UdpPort}}));
              unix-dgram("{{SocketPath}}" flags(syslog-protocol));
              {{(_tls is null ? "" : TlsSource(_tls))}}
            };
            template json { template("$(format-json pri=$PRI facility=$FACILITY severity=$PRIORITY host=$HOST tag=$PROGRAM app=$PROGRAM process=$PID msgid=$MSGID data=$SDATA msg=$MSG time=$S_ISODATE)\n"); };
            destination understood {
              file("{{OutputPath}}" template(json)
                disk-buffer(reliable(yes) disk-buf-size(1073741824) mem-buf-size(1048576) dir("{{_folder.Path}}")));
            };
            log { source(understood); destination(understood); flags(flow-control); };
            """);
        _process = ChildProcess.StartProgramIn(
            _folder.Path, new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = _libraries },
            _program, "-F", "--no-caps", $"--module-path={Directory.GetDirectories(_libraries).Single(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]))}",
            "-f", configuration, "-p", _folder["pid"], "-c", _folder["control"], "-R", _folder["persist"]);
        Until.True(() => File.Exists(SocketPath) && SyslogServer.Listens(OctetPort), "syslog-ng listens", () => _process.HasEnded ? _process.Finish().Errors : "it runs");
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

    /// <summary>Waits for a number of messages.</summary>
    public List<ReceivedMessage> Wait(int count)
    {
        List<ReceivedMessage> received = [];
        Until.True(() => (received = Received()).Count >= count, $"{count} messages have arrived", () => $"{received.Count} have");
        return received;
    }

    /// <summary>The value of a parameter of every message that has it.</summary>
    public string[] Received(string parameter) => File.Exists(OutputPath) ? SyslogServer.Parameters(OutputPath, parameter) : [];

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
    }

    private List<ReceivedMessage> Received()
    {
        if (!File.Exists(OutputPath)) return [];
        return [.. File.ReadAllText(OutputPath).Split('\n')[..^1].Select(ReceivedMessage.Parse)];
    }

    private string TlsSource(TlsFiles tls) =>
        $"""
        syslog(transport("tls") ip("127.0.0.1") port({TlsPort}) tls(key-file("{tls.KeyFile}") cert-file("{tls.CertificateFile}") ca-file("{tls.CaFile}") peer-verify(optional-untrusted)));
        """;
}
