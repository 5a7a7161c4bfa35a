using EzAudit.Settings.Sources;

namespace EzAudit.Tests.Settings.Sources;

/// <summary>Which files are read, and which of them takes precedence.</summary>
[TestClass]
public sealed class SettingsLayersTests
{
    [TestMethod]
    public void TheOrderIsThatOfEz()
    {
        var layers = new SettingsLayers("sa", ["one", "two"], ["acc1", "acc2"]);

        string[] withoutSuffix = [.. layers.FilesFor("audit.ini").Where(path => path.EndsWith("/audit.ini", StringComparison.Ordinal))];

        CollectionAssert.AreEqual(
            new[]
            {
                "settings/audit.ini",
                "extension/acc2/settings/audit.ini",
                "extension/acc1/settings/audit.ini",
                "extension/acc2/settings/siteaccess/sa/audit.ini",
                "extension/acc1/settings/siteaccess/sa/audit.ini",
                "extension/two/settings/siteaccess/sa/audit.ini",
                "extension/one/settings/siteaccess/sa/audit.ini",
                "settings/siteaccess/sa/audit.ini",
                "extension/two/settings/audit.ini",
                "extension/one/settings/audit.ini",
                "settings/override/audit.ini",
            },
            withoutSuffix);
    }

    [TestMethod]
    public void AppendFilesNextToTheDefaultAreIgnored() => CollectionAssert.AreEqual(
        new[]
        {
            "settings/audit.ini", "settings/audit.ini.php",
            "settings/override/audit.ini.php", "settings/override/audit.ini", "settings/override/audit.ini.append.php", "settings/override/audit.ini.append",
        },
        new SettingsLayers(null, [], []).FilesFor("audit.ini").ToArray());

    [TestMethod]
    public void TheExtensionListedFirstWinsOverTheSiteAccess()
    {
        using var folder = new SettingsFolder { SiteAccess = "admin" };
        folder.Write("settings/site.ini", "[ExtensionSettings]", "ActiveExtensions[]", "ActiveExtensions[]=one", "ActiveExtensions[]=two")
            .Write("settings/siteaccess/admin/audit.ini", "[AuditSettings]", "Audit=enabled", "LogDir=sa")
            .Write("extension/two/settings/audit.ini", "[AuditSettings]", "LogDir=two")
            .Write("extension/one/settings/audit.ini.append", "[AuditSettings]", "LogDir=one");

        Assert.AreEqual("var/one", folder.Settings.LogDirectory);
        Assert.IsTrue(folder.Settings.Enabled);
    }

    [TestMethod]
    public void AnAccessExtensionLosesToTheSiteAccess()
    {
        using var folder = new SettingsFolder { SiteAccess = "admin" };
        folder.Write("settings/override/site.ini.append.php", "[ExtensionSettings]", "ActiveAccessExtensions[]=acc")
            .Write("settings/siteaccess/admin/audit.ini", "[AuditSettings]", "LogDir=sa")
            .Write("extension/acc/settings/audit.ini", "[AuditSettings]", "LogDir=acc", "Audit=enabled");

        Assert.AreEqual("var/sa", folder.Settings.LogDirectory);
        Assert.IsTrue(folder.Settings.Enabled);
    }

    [TestMethod]
    public void AnotherSiteAccessIsNotRead()
    {
        using var folder = new SettingsFolder { SiteAccess = "plain" };
        folder.Write("settings/siteaccess/admin/audit.ini", "[AuditSettings]", "Audit=enabled");

        Assert.IsFalse(folder.Settings.Enabled);
    }

    [TestMethod]
    public void ASiteAccessHasItsOwnVarDir()
    {
        using var folder = new SettingsFolder { SiteAccess = "admin" };
        folder.Write("settings/siteaccess/admin/site.ini.append.php", "[FileSettings]", "VarDir=var/admin");

        Assert.AreEqual("var/admin/log/audit", folder.Settings.LogDirectory);
    }

    [TestMethod]
    public void ASiteAccessThatIsAPathIsRefused()
    {
        using var folder = new SettingsFolder { SiteAccess = "../x" };

        CollectionAssert.AreEqual(new[] { "siteaccess: found \"../x\", expected the name of a directory, without \"/\", \"\\\" and \"..\"" }, folder.Problems);
    }

    [TestMethod]
    public void AnExtensionThatIsAPathIsRefused()
    {
        using SettingsFolder folder = new SettingsFolder().Write("settings/site.ini", "[ExtensionSettings]", "ActiveExtensions[]=..");

        Assert.AreEqual("2: found \"..\", expected the name of a directory, without \"/\", \"\\\" and \"..\"", folder.Problem);
    }

    [TestMethod]
    public void ExtensionsAsATextAreRefused()
    {
        using SettingsFolder folder = new SettingsFolder().Write("settings/site.ini", "[ExtensionSettings]", "ActiveExtensions=one");

        Assert.AreEqual("2: found text \"one\", expected an array: ActiveExtensions[...]=VALUE", folder.Problem);
    }
}
