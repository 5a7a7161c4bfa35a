using EzAudit.Tests.Plugins;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit functions</c>, as a process.</summary>
[TestClass]
public sealed class FunctionsTests
{
    [TestMethod]
    public void TheCatalogueSaysWhatIsWritten()
    {
        using var site = new ToolSite("[AuditSettings]\nAudit=enabled\nAuditFileNames[order-delete]=o.log\nAuditFileNames[my-new-audit]=info.log\n");

        string[] lines = site.Run("functions", "-o", "csv").Expect().Split("\r\n");

        Assert.AreEqual("function,written to,usual file,category,outcome,severity,fields", lines[0]);
        CollectionAssert.Contains(lines, "order-delete,o.log,order_delete.log,order,success,notice,\"Order ID, Comment\"");
        Assert.HasCount(1, lines.Where(line => line.StartsWith("user-failed-login,,", StringComparison.Ordinal)));
        CollectionAssert.Contains(lines, "my-new-audit,info.log,,,success,info,");
    }

    [TestMethod]
    public void ItWorksWithoutSettings()
    {
        using var site = new ToolSite();

        Assert.HasCount(PluginWriter.All.Count(), site.Run("functions", "--root", "/nowhere", "-o", "json").Lines);
    }
}
