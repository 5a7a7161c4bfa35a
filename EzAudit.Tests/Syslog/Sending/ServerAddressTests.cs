using System.Net;
using System.Net.Sockets;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Syslog;
using EzAudit.Syslog.Sending;
using EzAudit.Syslog.Settings;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog.Sending;

/// <summary>A server's name may have several addresses, some of which do not answer; the local socket may be a stream.</summary>
[TestClass]
public sealed class ServerAddressTests
{
    private static readonly IPAddress Silent = IPAddress.Parse("127.0.0.2");

    [TestMethod]
    public void OverTcpTheNextAddressIsTriedWhenOneDoesNotAnswer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        SyslogSettings settings = Settings("tcp", ((IPEndPoint)listener.LocalEndpoint).Port, Silent, IPAddress.Loopback);

        using Connection connection = Connection.Open(settings, null, CancellationToken.None);
        using Socket accepted = listener.AcceptSocket();

        connection.Write("hello"u8);
        Assert.AreEqual("hello", Read(accepted, 5));
    }

    [TestMethod]
    public void WhenNoAddressAnswersEachIsReported()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var failure = Assert.ThrowsExactly<AggregateException>(() => Connection.Open(Settings("tcp", port, Silent, IPAddress.Loopback), null, CancellationToken.None));

        Assert.Contains("127.0.0.2: ", failure.Message);
        Assert.Contains("127.0.0.1: ", failure.Message);
    }

    [TestMethod]
    public void TheNameIsLookedUpForEachConnection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int lookups = 0;
        SyslogSettings settings = Settings("tcp", ((IPEndPoint)listener.LocalEndpoint).Port) with
        {
            Resolve = (_, _) => Task.FromResult(new[] { lookups++ == 0 ? Silent : IPAddress.Loopback }),
        };

        Assert.ThrowsExactly<SocketException>(() => Connection.Open(settings, null, CancellationToken.None));
        using Connection connection = Connection.Open(settings, null, CancellationToken.None);

        Assert.AreEqual(2, lookups);
    }

    [TestMethod]
    public void OverUdpTheNextAddressIsTakenWhenThePortIsClosed()
    {
        using var server = new Socket(SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        SyslogSettings settings = Settings("udp", ((IPEndPoint)server.LocalEndPoint!).Port, Silent, IPAddress.Loopback);
        using AuditSite site = Site(settings.Port, settings.Resolve);

        Until.True(
            () =>
            {
                site.Writer.WriteAudit("user-login", ("Id", 1));
                site.Writer.Flush();
                return server.Available > 0;
            },
            "a message arrives at the second address");
    }

    [TestMethod]
    public void ALocalSocketThatIsAStreamIsUsedAsOne()
    {
        using var folder = new TempFolder();
        string path = folder["log"];
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        server.Bind(new UnixDomainSocketEndPoint(path));
        server.Listen();
        using AuditSite site = SyslogSite.Make($"Transport=unix\nPath={path}\nFrame=bare\n");
        site.Writer.WriteAudit("user-login", ("Id", 1));
        site.Writer.WriteAudit("user-login", ("Id", 2));
        site.Writer.Flush();

        using Socket accepted = server.Accept();
        using var reader = new StreamReader(new NetworkStream(accepted));
        Assert.Contains("Id: 1", reader.ReadLine()!);
        Assert.Contains("Id: 2", reader.ReadLine()!);
    }

    [TestMethod]
    public void RevocationCanBeTurnedOn()
    {
        Assert.IsFalse(Read(new() { ["Host"] = "siem.example" }).Tls.ChecksRevocation);
        Assert.IsTrue(Read(new() { ["Host"] = "siem.example", ["Revocation"] = "online" }).Tls.ChecksRevocation);
        Assert.AreEqual(
            "none or online", Assert.ThrowsExactly<AuditComponentSettingsException>(() => Read(new() { ["Host"] = "siem.example", ["Revocation"] = "yes" })).Expected);
    }

    private static string Read(Socket socket, int length)
    {
        byte[] bytes = new byte[length];
        for (int read = 0; read < length;) read += socket.Receive(bytes.AsSpan(read));
        return Encoding.ASCII.GetString(bytes);
    }

    private static SyslogSettings Settings(string transport, int port, params IPAddress[] addresses) =>
        Read(new() { ["Transport"] = transport, ["Host"] = "siem.example", ["Port"] = $"{port}" }) with { Resolve = (_, _) => Task.FromResult(addresses) };

    private static SyslogSettings Read(Dictionary<string, string> settings) => SyslogSettings.Read(new AuditComponentSettings("log", settings));

    private static AuditSite Site(int port, Func<string, CancellationToken, Task<IPAddress[]>> resolve) => new(
        $"{AuditSite.Enabled}[FunctionDefaults]\nTargets[]=file\nTargets[]=log\n[Target-log]\nType=syslog\nTransport=udp\nHost=siem.example\nPort={port}\n",
        builder => builder.AddPlugin(new ResolvingPlugin(resolve)));

    private sealed class ResolvingPlugin(Func<string, CancellationToken, Task<IPAddress[]>> resolve) : IAuditPlugin
    {
        public void Register(AuditRegistry registry) => registry.AddSender(
            "syslog", SyslogSettings.Keys, settings => new SyslogSender(SyslogSettings.Read(settings) with { Resolve = resolve }), SyslogPlugin.Options);
    }
}
