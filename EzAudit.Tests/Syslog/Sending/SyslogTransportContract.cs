using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog.Sending;

/// <summary>Every frame over every transport, as a syslog server parses it.</summary>
public abstract class SyslogTransportContract
{
    private static readonly string[] Transports = ["udp", "tcp octet", "tcp lf", "tls", "unix"];
    private static readonly string[] Frames = ["bare", "rfc3164", "rfc5424"];

    public static IEnumerable<object[]> Ways => Transports.SelectMany(transport => Frames.Select(frame => new object[] { transport, frame }));

    /// <summary>The server's name for the facility of audit records.</summary>
    internal abstract string AuditFacility { get; }

    /// <summary>How the server prints the seconds of 14:47:58.</summary>
    internal abstract string Seconds { get; }

    [TestMethod]
    [DynamicData(nameof(Ways), typeof(SyslogTransportContract))]
    public void TheServerUnderstandsEveryPart(string transport, string frame)
    {
        using var tls = new TlsFiles();
        using ISyslogServer server = Open(tls);
        server.Start();
        string settings = server.SettingsFor(transport, frame) + $"Frame={frame}\nTag=AUDIT\nHostName=web1\nFacilities[user-login]=local7\nSeverities[user-login]=notice\n";
        using AuditSite site = SyslogSite.Make(settings);

        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 7), ("Comment", "two\nlines, \"quoted\" [so] \\ Grüße")));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));

        ReceivedMessage[] received = [.. server.Wait(2)];
        Assert.HasCount(2, received);
        Assert.AreEqual(("110", AuditFacility, "info"), (received[0].Pri, FacilityOf(received[0]), received[0].Severity));
        Assert.AreEqual(("189", "local7", "notice"), (received[1].Pri, received[1].Facility, received[1].Severity));
        Assert.AreEqual("AUDIT", received[0].App);
        Assert.Contains("[ May 23 2007 14:47:58 ] [host] [anonymous:10] Order ID: 7 Comment: two lines, \"quoted\" [so] \\ Grüße", received[0].Text);
        if (frame == "bare") return;
        Assert.AreEqual(transport == "unix" && frame == "rfc3164" ? Environment.MachineName : "web1", received[0].Host);
        Assert.Contains("-05-23T14:47:58", received[0].Time);
        if (frame != "rfc5424") return;
        Assert.StartsWith("2007-05-23T14:47:" + Seconds, received[0].Time);
        Assert.AreEqual("order-delete", received[0].Id);
        Assert.AreEqual("7", received[0].Parameter("Order_ID"));
        Assert.AreEqual("two\\\\u{a}lines, \\\"quoted\\\" [so\\] \\\\ Grüße", received[0].Parameter("Comment"));
        Assert.AreNotEqual(received[0].Parameter("id"), received[1].Parameter("id"));
    }

    internal abstract ISyslogServer Open(TlsFiles tls);

    // Some servers have no name for this facility.
    private static string FacilityOf(ReceivedMessage message) => message.Facility == "13" ? "audit" : message.Facility;
}
