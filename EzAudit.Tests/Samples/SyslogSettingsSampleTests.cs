using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;
using EzAudit.Tests.Syslog;

namespace EzAudit.Tests.Samples;

/// <summary>The ready-made audit.ini for the three set-ups of Enterprise Tester's documentation (file, syslog server, both) and for USoft's streams.</summary>
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

    [TestMethod]
    public void EachStreamOfUSoftsHasItsTagAndNumbers()
    {
        using var server = new SyslogServer();
        server.Start();
        string where = string.Concat(new[] { "page-engine", "web", "session", "application", "rows" }.Select(target => $"[Target-{target}]\nHost=127.0.0.1\nPort={server.UdpPort}\n"));
        using TempFolder root = Sample("usoft", where);
        using (AuditWriter writer = new AuditWriterBuilder(root.Path).Build())
        using (AuditTrail.Use(writer))
        using (AuditContext.Use(new AuditActor("test5", "5"), "127.0.0.1"))
        {
            Assert.IsTrue(PageAudit.Access("GET", "/people", "PEOPLE", TimeSpan.FromSeconds(1), 200));
            Assert.IsTrue(WebAudit.Request("GET", "http://localhost/people", "HTTP/1.1"));
            Assert.IsTrue(UserAudit.Login(5, "test5"));
            Assert.IsTrue(UserAudit.LoginFailed("test6", "Wrong password"));
            Assert.IsTrue(ApplicationAudit.Call("people", "read", TimeSpan.FromSeconds(1), "200"));
            Assert.IsTrue(RecordAudit.Update("USR_ACC", [("ACC_ID", 100)], [(("FIRST_NAME", "John Doe"), "John test")]));
        }
        ReceivedMessage[] received = [.. server.Wait(6)];
        CollectionAssert.AreEquivalent(
            new[] { "142 audit:", "142 web:", "38 session:", "36 session:", "142 application:", "110 USR_ACC[U]:" },
            received.Select(message => $"{message.Pri} {message.Tag}").ToArray());
        string change = received.Single(message => message.Pri == "110").Text;
        StringAssert.Contains(change, "<FIRST_NAME old=\"John Doe\" new=\"John test\"", StringComparison.Ordinal);
        StringAssert.Contains(change, "<ACC_ID key=\"100\"", StringComparison.Ordinal);
    }

    // The sample unchanged, except for the address of the server.
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
        using IDisposable context = AuditContext.Use(new AuditActor("editor", "16"), "127.0.0.1");
        Assert.IsTrue(writer.WriteAudit("user-login", ("User id", 14)));
        Assert.IsTrue(writer.WriteAudit("user-failed-login", ("User login", "admin")));
    }
}
