using EzAudit.Tests.Plugins.Syslog;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Samples;

/// <summary>The ready audit.ini of the three ways of Enterprise Tester's document: a file, a syslog server, both.</summary>
[TestClass]
public sealed class SyslogSettingsSampleTests
{
    private const string FileName = "var/log/audit/security-audit.txt";

    [TestMethod]
    public void AFileAlone()
    {
        using TempFolder root = Sample("file-only", "");
        Write(root);
        Assert.HasCount(3, root.Read(FileName).Split("\n\n"));
        Assert.IsFalse(Directory.Exists(root["var/spool"]));
    }

    [TestMethod]
    public void ASyslogServerAlone()
    {
        using var server = new SyslogServer();
        server.Start();
        using TempFolder root = Sample("syslog-only", $"[Target-security-syslog]\nHost=127.0.0.1\nPort={server.UdpPort}\n");
        Write(root);
        ReceivedMessage[] received = [.. server.Wait(2)];
        Assert.AreEqual(("190", "local7", "info", "EnterpriseTester:"), (received[0].Pri, received[0].Facility, received[0].Severity, received[0].Tag));
        Assert.Contains("[editor:16] User id: 14", received[0].Text);
        Assert.IsFalse(File.Exists(root[FileName]));
    }

    [TestMethod]
    public void BothOfThem()
    {
        using var server = new SyslogServer();
        server.Start();
        using TempFolder root = Sample("file-and-syslog", $"[Target-security-syslog]\nHost=127.0.0.1\nPort={server.TcpPort}\n");
        Write(root);
        ReceivedMessage[] received = [.. server.Wait(2)];
        Assert.AreEqual(("auth", "info", "14"), (received[0].Facility, received[0].Severity, received[0].Parameter("User_id")));
        Assert.AreEqual(("local7", "warning", "admin"), (received[1].Facility, received[1].Severity, received[1].Parameter("User_login")));
        Assert.HasCount(3, root.Read(FileName).Split("\n\n"));
    }

    // The sample as it is, and what a test must have otherwise: where the server is.
    private static TempFolder Sample(string name, string where)
    {
        var root = new TempFolder();
        root.Write("settings/audit.ini", File.ReadAllText(Repository.PathOf("settings", "audit.ini")));
        root.Write("settings/override/audit.ini", File.ReadAllText(Repository.PathOf("samples", "Syslog", $"{name}.audit.ini")));
        root.Write("settings/override/audit.ini.append", where);
        return root;
    }

    private static void Write(TempFolder root)
    {
        using AuditWriter writer = new AuditWriterBuilder(root.Path).Build();
        using IDisposable context = AuditContext.Use(new EzAudit.Records.AuditActor("editor", "16"), "127.0.0.1");
        Assert.IsTrue(writer.WriteAudit("user-login", ("User id", 14)));
        Assert.IsTrue(writer.WriteAudit("user-failed-login", ("User login", "admin")));
    }
}
