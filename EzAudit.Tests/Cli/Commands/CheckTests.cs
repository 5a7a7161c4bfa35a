using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit check</c>, as a process.</summary>
[TestClass]
public sealed class CheckTests
{
    [TestMethod]
    public void GoodSettingsExitWith0AndShowWhereRecordsGo()
    {
        using ToolSite site = ToolSite.OfShop();

        string output = site.Run("check").Expect();

        StringAssert.StartsWith(output, $"Root: {site.Root.Path}\nSettings: settings/audit.ini\nAudit=enabled  settings/audit.ini:2 (defaults)\n", StringComparison.Ordinal);
        StringAssert.Contains(output, $"\n{site.Root["var/log/audit"]}: mode 0", StringComparison.Ordinal);
        StringAssert.Contains(output, $"order-delete       {site.Root["var/log/audit/order_delete.log"]}  disk        classic  settings/audit.ini:6 (defaults)\n", StringComparison.Ordinal);
        StringAssert.EndsWith(output, "0 errors, 0 warnings. Audit is on.\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ItLeavesNothingBehind()
    {
        using var site = new ToolSite();

        site.Run("check").Expect();

        CollectionAssert.AreEqual(new[] { site.Root["settings"] }, Directory.GetDirectories(site.Root.Path));
        Directory.CreateDirectory(site.Root["var/log/audit"]);
        site.Run("check").Expect();
        Assert.IsEmpty(Directory.GetFileSystemEntries(site.Root["var/log/audit"]));
    }

    [TestMethod]
    public void EveryErrorIsReportedAndItExitsWith2()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAudit=yes\nAuditFileNames[x]=../x.log\n");

        ToolRun run = site.Run("check");

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual(
            "ezaudit: settings/override/audit.ini:2: found \"yes\", expected \"enabled\" or \"disabled\"\n"
            + "ezaudit: settings/override/audit.ini:3: found file name \"../x.log\", expected a file name below LogDir, without \"..\"\n",
            run.Errors);
        StringAssert.EndsWith(run.Output, "2 errors, 0 warnings. A writer does not start; a running one keeps its previous settings.\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ADirectoryThatCannotBeWrittenToExitsWith2()
    {
        using var site = new ToolSite();
        site.Root.Write("var", "a file where a directory should be");

        ToolRun run = site.Run("check");

        Assert.AreEqual(2, run.ExitCode);
        StringAssert.Contains(run.Errors, "expected a log directory that this process can write to, lock and sync\n", StringComparison.Ordinal);
    }

    [TestMethod]
    [Fault(55)]
    public void ClocksThatGoBackAreAWarning()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/site.ini", "[TimeZoneSettings]\nTimeZone=Europe/Vienna\n");

        ToolRun run = site.Run("check");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        StringAssert.Matches(run.Errors, new(@"\Aezaudit: warning: settings/site\.ini:2: found TimeZone=Europe/Vienna, whose clocks go back on \d{4}-10-\d\d at 03:00, expected .*\n\z"));
    }

    [TestMethod]
    public void ProblemsOfLogFilesAreListedOnRequest()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Log("order_delete.log", "\0\0\0\0\n");

        ToolRun run = site.Run("check", "--logs");

        Assert.AreEqual(2, run.ExitCode);
        StringAssert.StartsWith(run.Errors, $"ezaudit: {site.Root["var/log/audit/order_delete.log"]}:@201: Damage", StringComparison.Ordinal);
        StringAssert.EndsWith(run.Output, "3 log files read, 1 problem found.\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AnEmptyRootHasNoSettings()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["settings"]);
        using var site = new ToolSite();

        StringAssert.Contains(site.Run("check", "--root", folder.Path).Expect(), "Settings: none found\n", StringComparison.Ordinal);
    }
}
