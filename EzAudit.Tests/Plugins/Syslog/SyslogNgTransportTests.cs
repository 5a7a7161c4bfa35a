using EzAudit.Tests.Support;

namespace EzAudit.Tests.Plugins.Syslog;

/// <summary>Every frame over every transport, as syslog-ng understands it.</summary>
[TestClass]
public sealed class SyslogNgTransportTests
{
    private static readonly string[] Transports = ["udp", "tcp octet", "tcp lf", "tls", "unix"];
    private static readonly string[] Frames = ["bare", "rfc3164", "rfc5424"];

    public static IEnumerable<object[]> Ways => Transports.SelectMany(transport => Frames.Select(frame => new object[] { transport, frame }));

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void TheServerUnderstandsEveryPart(string transport, string frame)
    {
        using var tls = new TlsFiles();
        using var server = new SyslogNgServer(tls);
        server.Start();
        string settings = Where(transport, server, tls) + $"Frame={frame}\nTag=AUDIT\nHostName=web1\nFacilities[user-login]=local7\nSeverities[user-login]=notice\n";
        using AuditSite site = SyslogSite.Make(settings);

        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 7), ("Comment", "two\nlines, \"quoted\" [so] \\ Grüße")));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));

        ReceivedMessage[] received = [.. server.Wait(2)];
        Assert.HasCount(2, received);
        Assert.AreEqual(("110", "security", "info"), (received[0].Pri, received[0].Facility, received[0].Severity));
        Assert.AreEqual(("189", "local7", "notice"), (received[1].Pri, received[1].Facility, received[1].Severity));
        Assert.AreEqual("AUDIT", received[0].App);
        Assert.Contains("[ May 23 2007 14:47:58 ] [host] [anonymous:10] Order ID: 7 Comment: two lines, \"quoted\" [so] \\ Grüße", received[0].Text);
        if (frame == "bare") return;
        Assert.AreEqual(transport == "unix" && frame == "rfc3164" ? Environment.MachineName : "web1", received[0].Host);
        Assert.Contains("-05-23T14:47:58", received[0].Time);
        if (frame != "rfc5424") return;
        Assert.StartsWith("2007-05-23T14:47:58", received[0].Time);
        Assert.AreEqual("order-delete", received[0].Id);
        Assert.AreEqual("7", received[0].Parameter("Order_ID"));
        Assert.AreEqual("two\\\\u{a}lines, \\\"quoted\\\" [so\\] \\\\ Grüße", received[0].Parameter("Comment"));
        Assert.AreNotEqual(received[0].Parameter("id"), received[1].Parameter("id"));
    }

    private static string Where(string transport, SyslogNgServer server, TlsFiles tls) => transport switch
    {
        "udp" => $"Transport=udp\nHost=127.0.0.1\nPort={server.UdpPort}\n",
        "tcp octet" => $"Transport=tcp\nHost=127.0.0.1\nPort={server.OctetPort}\n",
        "tcp lf" => $"Transport=tcp\nHost=127.0.0.1\nPort={server.LfPort}\nFraming=lf\n",
        "tls" => $"Host=localhost\nPort={server.TlsPort}\nCaFile={tls.CaFile}\n",
        _ => $"Transport=unix\nPath={server.SocketPath}\n",
    };
}
