using EzAudit.Settings.Sources;
using EzAudit.Tests.Plugins;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit init</c>, as a process.</summary>
[TestClass]
public sealed class InitTests
{
    private const string File = "settings/override/audit.ini.append";

    [TestMethod]
    public void ItsOutputIsAcceptedAndTurnsAuditOn()
    {
        using var folder = new TempFolder();
        using var site = new ToolSite();

        string output = site.Run("init", "--root", folder.Path, "--plugin", "EzAudit.Plugins").Expect();

        Assert.AreEqual(
            $"{folder["settings/audit.ini"]}: written; applications that run in this directory find their settings by it\n{folder[File]}: written with {PluginWriter.Functions.Count} functions; run \"ezaudit check\" to see how a writer reads it\n", output);
        StringAssert.EndsWith(site.Run("check", "--root", folder.Path).Expect(), "0 errors, 0 warnings. Audit is on.\n", StringComparison.Ordinal);
        StringAssert.Contains(folder.Read(File), "# Order ID, Comment\nAuditFileNames[order-delete]=order_delete.log\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AnApplicationInThatDirectoryFindsTheSettings()
    {
        using var folder = new TempFolder();
        using var site = new ToolSite();
        site.Run("init", "--root", folder.Path).Expect();

        Assert.AreEqual(folder.Path, AuditRoot.Find(folder.Path));
        using AuditWriter writer = new AuditWriterBuilder(folder.Path).Build();
        Assert.IsTrue(writer.WriteAudit("user-login", ("User id", 7)));
    }

    [TestMethod]
    public void AnExistingAuditIniIsNotChanged()
    {
        using var site = new ToolSite();

        site.Run("init").Expect();

        Assert.AreEqual(ToolSite.Enabled, site.Root.Read("settings/audit.ini"));
    }

    [TestMethod]
    public void ByDefaultItTurnsOnWhatMostApplicationsWant()
    {
        using var folder = new TempFolder();
        using var site = new ToolSite();

        site.Run("init", "--root", folder.Path).Expect();

        string[] functions = FunctionsIn(folder.Read(File));
        foreach (string expected in new[] { "user-login", "user-failed-login", "session-start", "password-change", "user-create", "group-user-add", "access-denied-page", "record-update", "audit-loss" })
            Assert.Contains(expected, functions);
        foreach (string unwanted in new[] { "web-access", "session-use", "session-ping", "entity-view", "record-select", "order-delete", "content-move", "consent-grant" })
            Assert.DoesNotContain(unwanted, functions);
    }

    [TestMethod]
    [DataRow("AuthenticationPlugin")]
    [DataRow("authentication")]
    public void APluginCanBeChosenByTheNameOfItsClass(string name)
    {
        using var folder = new TempFolder();
        using var site = new ToolSite();

        site.Run("init", "--root", folder.Path, "--plugin", name, "--plugin", "RecordPlugin").Expect();

        string[] functions = FunctionsIn(folder.Read(File));
        Assert.Contains("user-logout", functions);
        Assert.Contains("record-select", functions);
        Assert.DoesNotContain("order-delete", functions);
        StringAssert.EndsWith(folder.Read(File), "Plugins[]\nPlugins[]=EzAudit.Plugins\n", StringComparison.Ordinal);
        site.Run("check", "--root", folder.Path).Expect();
    }

    [TestMethod]
    public void FunctionsCanBeChosen()
    {
        using var folder = new TempFolder();
        using var site = new ToolSite();

        site.Run("init", "--root", folder.Path, "--function", "user-*", "--function", "my-new-audit").Expect();

        string text = folder.Read(File);
        StringAssert.Contains(text, "AuditFileNames[user-failed-login]=failed_login.log\n", StringComparison.Ordinal);
        StringAssert.Contains(text, "AuditFileNames[my-new-audit]=my_new_audit.log\n", StringComparison.Ordinal);
        Assert.DoesNotContain("order-delete", text);
        site.Run("check", "--root", folder.Path).Expect();
    }

    [TestMethod]
    public void AFileIsOverwrittenOnRequestOnly()
    {
        using var site = new ToolSite();
        site.Root.Write(File, "mine");

        site.Run("init").ExpectError($"{site.Root[File]}: already exists; use --force to overwrite it");
        Assert.AreEqual("mine", site.Root.Read(File));
        site.Run("init", "--force").Expect();
        StringAssert.StartsWith(site.Root.Read(File), "#?ini charset=\"utf-8\"?\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void APatternThatMatchesNothingExitsWith2()
    {
        using var site = new ToolSite();

        site.Run("init", "--function", "shop-*").ExpectError("--function: no function matches \"shop-*\"; \"ezaudit functions\" lists them all");
    }

    [TestMethod]
    public void AMissingPluginExitsWith2()
    {
        using var site = new ToolSite();

        site.Run("init", "--plugin", "No.Such.Plugin").ExpectError(
            "--plugin: \"No.Such.Plugin\" could not be loaded; use one of AccessPlugin, AccountPlugin, AuditTrailPlugin, AuthenticationPlugin, ContentPlugin, "
            + "DataPlugin, EzPublishPlugin, OperationPlugin, OutputPlugin, RecordPlugin, or the name of an assembly in the directory given by --plugin-dir");
    }

    private static string[] FunctionsIn(string text) =>
        [.. text.Split('\n').Where(line => line.StartsWith("AuditFileNames[", StringComparison.Ordinal)).Select(line => line["AuditFileNames[".Length..line.IndexOf(']', StringComparison.Ordinal)])];
}
