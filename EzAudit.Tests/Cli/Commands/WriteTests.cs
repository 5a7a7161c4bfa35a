using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit write</c>, as a process.</summary>
[TestClass]
public sealed class WriteTests
{
    [TestMethod]
    public void ARecordIsWrittenAsTheUserWhoRunsIt()
    {
        Needs.Programs("id");
        using var site = new ToolSite();
        using ChildProcess id = ChildProcess.StartProgram("id", "-u");
        string user = id.ReadLine();

        string output = site.Run("write", "order-delete", "Order ID=7", "Comment=a=b\nc", "--address", "10.0.0.7").Expect();

        string path = site.Root["var/log/audit/order_delete.log"];
        Assert.AreEqual($"order-delete: written to {path}, on disk\n", output);
        ReadBack read = ReadBack.Of(path);
        AuditRecord record = read.Records.Single().Record;
        Assert.AreEqual(new AuditActor(Environment.UserName, user), record.Actor);
        Assert.AreEqual("10.0.0.7", record.Address);
        CollectionAssert.AreEqual(new AuditField[] { ("Order ID", "7"), ("Comment", "a=b\nc") }, record.Fields.ToArray());
    }

    [TestMethod]
    public void ItsStartIsNoStartOfAnApplication()
    {
        using var site = new ToolSite(ToolSite.Enabled.Replace("[PluginSettings]", "AuditFileNames[audit-start]=audit.log\nAuditFileNames[audit-stop]=audit.log\n[PluginSettings]", StringComparison.Ordinal));

        site.Run("write", "order-delete", "Order ID=7").Expect();

        Assert.IsFalse(File.Exists(site.Root["var/log/audit/audit.log"]));
    }

    [TestMethod]
    public void AnUnwrittenRecordExitsWith1AndSaysWhy()
    {
        using var site = new ToolSite();
        using var off = new ToolSite("[AuditSettings]\nAudit=disabled\nAuditFileNames[x]=x.log\n");

        Assert.AreEqual(
            "shop-open: not written, no line of AuditFileNames[] names a file for it; run \"ezaudit explain shop-open\" for details\n", site.Run("write", "shop-open").Expect(1));
        Assert.AreEqual("x: not written, audit is off: Audit=disabled in settings/audit.ini:2 (defaults)\n", off.Run("write", "x").Expect(1));
    }

    [TestMethod]
    public void AnInvalidFieldExitsWith2AndWritesNothing()
    {
        using var site = new ToolSite();

        site.Run("write", "order-delete", "Order ID").ExpectError("NAME=VALUE: \"Order ID\" is not in the form NAME=VALUE, such as \"Node ID=124\"");
        Assert.IsFalse(Directory.Exists(site.Root["var"]));
    }

    [TestMethod]
    public void ADirectoryThatAcceptsNothingExitsWith2()
    {
        using var site = new ToolSite();
        site.Root.Write("var", "a file where a directory should be");

        ToolRun run = site.Run("write", "order-delete", "Order ID=7");

        Assert.AreEqual(2, run.ExitCode);
        StringAssert.StartsWith(run.Errors, $"ezaudit: {site.Root["var/log/audit"]}: found ", StringComparison.Ordinal);
    }
}
