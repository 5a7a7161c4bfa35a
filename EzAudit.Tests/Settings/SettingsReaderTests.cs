using EzAudit.Settings;

namespace EzAudit.Tests.Settings;

/// <summary>What a reading says beside the values.</summary>
[TestClass]
public sealed class SettingsReaderTests
{
    [TestMethod]
    public void WithoutAnyFileAuditIsOffAndNothingWasFound()
    {
        using var folder = new SettingsFolder();

        Assert.IsFalse(folder.Settings.Enabled);
        Assert.IsFalse(folder.Read().HasAuditSettings);
        Assert.IsEmpty(folder.Read().Files);
    }

    [TestMethod]
    public void TheFilesReadAreNamedInTheirOrder()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings().Write("settings/audit.ini").Write("settings/site.ini");

        CollectionAssert.AreEqual(new[] { "settings/site.ini", "settings/audit.ini", SettingsFolder.Override }, folder.Read().Files.ToArray());
        Assert.IsTrue(folder.Read().HasAuditSettings);
    }

    [TestMethod]
    public void FilesThatAreNotThereYetAreWatched()
    {
        using var folder = new SettingsFolder { SiteAccess = "admin" };
        string[] watched = [.. folder.Read().Watched];

        CollectionAssert.Contains(watched, "settings/override/audit.ini.append");
        CollectionAssert.Contains(watched, "settings/siteaccess/admin/site.ini");
        CollectionAssert.DoesNotContain(watched, "configuration");
    }

    [TestMethod]
    public void PluginsAreKnownBeforeAnythingIsChecked()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[PluginSettings]", "Plugins[]=Acme.Audit", "Plugins[]=../evil", "Plugins[]=Acme.Audit");

        Sourced<string> plugin = folder.Read().Plugins.Single();
        Assert.AreEqual(new Sourced<string>("Acme.Audit", new SettingsPlace(SettingsFolder.Override, 2)), plugin);
        Assert.AreEqual(
            "3: found plugin \"../evil\", wanted the name of an assembly beside the application, such as EzAudit.Plugins, without path and \".dll\"", folder.Problem);
    }

    [TestMethod]
    public void ADirectoryInPlaceOfAFileIsAProblem()
    {
        using SettingsFolder folder = new SettingsFolder().Write("settings/audit.ini/x");

        Assert.AreEqual("0: found a directory, wanted a file of at most 1 MiB that this process may read", folder.Problem);
    }

    [TestMethod]
    public void AFileThatMayNotBeReadIsAProblem()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("Needs a user whom permissions stop.");
            return;
        }
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        File.SetUnixFileMode(Path.Combine(folder.Path, SettingsFolder.Override), UnixFileMode.None);

        Assert.AreEqual("0: found a file that cannot be read (UnauthorizedAccessException), wanted a file of at most 1 MiB that this process may read", folder.Problem);
    }

    [TestMethod]
    public void ALinkIsFollowed()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Links need a privilege on Windows.");
        using SettingsFolder folder = new SettingsFolder().Write("elsewhere/audit.ini", "[AuditSettings]", "Audit=enabled").Write("settings/x");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "settings/audit.ini"), "../elsewhere/audit.ini");

        Assert.IsTrue(folder.Settings.Enabled);
    }

    [TestMethod]
    public void ProblemsOfAllFilesComeTogetherInTheOrderOfTheFiles()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("Audit=on", " LogDir=x")
            .Write("settings/audit.ini", "[auditsettings]")
            .Write("settings/site.ini", "[FileSettings]", "LogFilePermissions=rw");

        CollectionAssert.AreEqual(
            new[]
            {
                "settings/site.ini:2: found \"rw\", wanted octal permissions such as 0600, at least 0600",
                "settings/audit.ini:1: found \"[auditsettings]\", wanted \"[AuditSettings]\"",
                "settings/override/audit.ini.append.php:2: found \"on\", wanted \"enabled\" or \"disabled\"",
                "settings/override/audit.ini.append.php:3: found \" LogDir=x\", wanted \"LogDir=x\" at the start of the line",
            },
            folder.Problems);
    }
}
