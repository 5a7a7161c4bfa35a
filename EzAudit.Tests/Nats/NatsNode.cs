using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Nats;

/// <summary>A nats-server that can be killed and started again at the same address. It ends with the test process, also if that is killed.</summary>
internal sealed class NatsNode : IDisposable
{
    // The shell ends the server when its standard input ends.
    private const string Script = """
        log=$1; shift
        "$@" >>"$log" 2>&1 </dev/null &
        echo $!
        cat >/dev/null
        kill -9 $! 2>/dev/null
        """;

    private readonly string _directory;
    private readonly string[] _wrapper;
    private ChildProcess? _shell;
    private int _id;

    /// <param name="directory">Where its configuration, its log and its streams are.</param>
    /// <param name="configuration">Lines of its configuration beside <c>listen</c>.</param>
    /// <param name="address">The address it listens to.</param>
    /// <param name="wrapper">The program that starts it.</param>
    public NatsNode(string directory, string configuration, string address = "127.0.0.1", params string[] wrapper)
    {
        Needs.Programs("nats-server");
        (_directory, _wrapper) = (directory, wrapper);
        Directory.CreateDirectory(directory);
        Address = string.Create(CultureInfo.InvariantCulture, $"{address}:{FreePort()}");
        Configure(configuration);
        Start();
    }

    /// <summary>Host and port for clients.</summary>
    public string Address { get; }

    public string Url => $"nats://{Address}";

    public string Log => File.ReadAllText(Path.Combine(_directory, "log"));

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>The line of a configuration that enables JetStream in a directory.</summary>
    public static string JetStreamIn(string directory) => $"jetstream {{ store_dir: \"{directory}\" }}";

    /// <summary>Changes its configuration for the next start.</summary>
    public void Configure(string configuration) => File.WriteAllText(Path.Combine(_directory, "conf"), $"listen: \"{Address}\"\n{configuration}\n");

    public void Start()
    {
        _shell = ChildProcess.StartProgram(
            ["sh", "-c", Script, "sh", Path.Combine(_directory, "log"), .. _wrapper, "nats-server", "-c", Path.Combine(_directory, "conf")]);
        _id = int.Parse(_shell.ReadLine(), CultureInfo.InvariantCulture);
        string[] parts = Address.Split(':');
        Until.True(() => IsListening(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)), "nats-server listens", () => Log, TimeSpan.FromSeconds(30));
    }

    /// <summary>Kills it with SIGKILL.</summary>
    public void Kill()
    {
        if (_shell is null) return;
        Command.Try("kill", "-9", _id.ToString(CultureInfo.InvariantCulture));
        _shell.Input.Close();
        _shell.Finish();
        _shell.Dispose();
        _shell = null;
    }

    public void Dispose() => Kill();

    private static bool IsListening(string host, int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Parse(host), port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
