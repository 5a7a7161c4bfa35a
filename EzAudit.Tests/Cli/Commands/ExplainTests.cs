namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit explain</c>, as a process.</summary>
[TestClass]
public sealed class ExplainTests
{
    [TestMethod]
    public void TheLineThatDecidesIsMarked()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/override/audit.ini.append", "[AuditSettings]\nAuditFileNames[order-delete]=orders/deleted.log\n\n[Function-order-delete]\nDurability=os\n");

        string output = site.Run("explain", "order-delete").Expect();

        StringAssert.StartsWith(
            output,
            $"""
            order-delete: written

            Decided by
              Audit=enabled  settings/audit.ini:2 (defaults)
              AuditFileNames[order-delete]=order_delete.log  settings/audit.ini:6 (defaults)
              AuditFileNames[order-delete]=orders/deleted.log  settings/override/audit.ini.append:2 (override)  <- decides

            Goes to
              file: {site.Root["var/log/audit/orders/deleted.log"]}, format classic

            """,
            StringComparison.Ordinal);
        StringAssert.Contains(output, "\n  Durability=os               [Function-order-delete] settings/override/audit.ini.append:5 (override)\n", StringComparison.Ordinal);
        StringAssert.Contains(output, "\n  LogFilePermissions=0600     [FileSettings] built in\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AFunctionWithoutALineExitsWith1()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(
            """
            order-archive: not written: no line of AuditFileNames[] names a file for it

            Decided by
              Audit=enabled  settings/audit.ini:2 (defaults)
              no line of AuditFileNames[] for it, in settings/audit.ini

            """,
            site.Run("explain", "order-archive").Expect(1));
    }

    [TestMethod]
    public void TheLineForAllOthersIsFound()
    {
        using var site = new ToolSite("[AuditSettings]\nAudit=enabled\nAuditFileNames[*]=other.log\n");

        StringAssert.Contains(site.Run("explain", "order-create").Expect(), "AuditFileNames[*]=other.log  settings/audit.ini:3 (defaults)  <- decides\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void IfAuditIsOffItNamesTheLineThatTurnsItOff()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/siteaccess/shop/audit.ini", "[AuditSettings]\nAudit=disabled\n");

        StringAssert.StartsWith(
            site.Run("explain", "order-delete", "--siteaccess", "shop").Expect(1),
            "order-delete: not written: audit is off, Audit=disabled in settings/siteaccess/shop/audit.ini:2 (siteaccess shop)\n",
            StringComparison.Ordinal);
    }

    [TestMethod]
    public void WrongSettingsExitWith2()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nLogdir=x\n");

        ToolRun run = site.Run("explain", "order-delete");

        Assert.AreEqual(2, run.ExitCode);
        StringAssert.StartsWith(run.Output, "order-delete: not written: the settings are wrong", StringComparison.Ordinal);
        StringAssert.StartsWith(run.Errors, "ezaudit: settings/override/audit.ini:2: found ", StringComparison.Ordinal);
    }
}
