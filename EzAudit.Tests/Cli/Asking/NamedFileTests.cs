namespace EzAudit.Tests.Cli.Asking;

/// <summary>Files that are named on the command line: what the settings say about them, and what they show themselves.</summary>
[TestClass]
public sealed class NamedFileTests
{
    [TestMethod]
    public void AFileOfTheRootIsReadInItsZone()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/site.ini", "[TimeZoneSettings]\nTimeZone=America/New_York\n");
        File.Copy(site.Root["var/log/audit/content_move.log"], site.Root["copy.log"]);

        Assert.AreEqual("1\n", site.Run("search", "--count", "--since", "2026-11-22T19:10:00Z", "var/log/audit/content_move.log").Expect());
        Assert.AreEqual("0\n", site.Run("search", "--count", "--since", "2026-11-22T19:10:00Z", "copy.log").Expect(1));
    }

    [TestMethod]
    public void ARotatedFileOfTheRootHasItsFunction()
    {
        using ToolSite site = ToolSite.OfShop();
        File.Move(site.Root["var/log/audit/login.log"], site.Root["var/log/audit/login.log.2026-11-22.1"]);

        Assert.AreEqual("2\n", site.Run("search", "--count", "--function", "user-login", "var/log/audit/login.log.2026-11-22.1").Expect());
        Assert.AreEqual("0\n", site.Run("search", "--count", "--function", "order-delete", "var/log/audit/login.log.2026-11-22.1").Expect(1));
    }

    [TestMethod]
    public void TheFunctionsOfAnotherFileAreReportedAsUnknown()
    {
        using ToolSite site = ToolSite.OfShop();
        File.Copy(site.Root["var/log/audit/login.log"], site.Root["copy.log"]);

        ToolRun ofFile = site.Run("search", "--count", "--function", "user-login", "copy.log");
        Assert.AreEqual("ezaudit: copy.log: 2 records may be of any function: they do not say which\n", ofFile.Errors);
        Assert.AreEqual(2, ofFile.ExitCode);
        Assert.AreEqual(2, site.RunWith(site.Root.Read("copy.log"), "search", "--function", "user-login", "-").ExitCode);
    }

    [TestMethod]
    public void UnusedSettingsDoNotInterfere()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/audit.ini", "[AuditSettings]\nAudit=perhaps\n");

        Assert.AreEqual("2\n", site.Run("search", "--count", "var/log/audit/login.log").Expect());
    }

    [TestMethod]
    public void AJsonFileIsRecognizedByItself()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("all.json", site.Run("export").Expect());

        Assert.AreEqual("2\n", site.Run("search", "--count", "--function", "order-delete", "all.json").Expect());
        Assert.AreEqual("2\n", site.RunWith(site.Root.Read("all.json"), "search", "--count", "--function", "order-delete", "-").Expect());
        Assert.AreEqual(site.Root.Read("all.json"), site.Run("search", "all.json").Expect());
        Assert.AreEqual(site.Root.Read("all.json"), site.Run("export", "all.json").Expect());
    }
}
