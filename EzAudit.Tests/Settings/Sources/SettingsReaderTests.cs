using EzAudit.Settings.Ini;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Settings.Sources;

/// <summary>What the reader reports besides the values.</summary>
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
    public void MissingFilesAreWatched()
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

        LocatedText plugin = folder.Read().Plugins.Single();
        Assert.AreEqual(new LocatedText("Acme.Audit", new SettingsPlace(SettingsFolder.Override, 2)), plugin);
        Assert.AreEqual(
            "3: found plugin \"../evil\", expected the name of an assembly beside the application, such as EzAudit.Plugins, without path and \".dll\"", folder.Problem);
    }

    [TestMethod]
    public void ADirectoryInPlaceOfAFileIsAProblem()
    {
        using SettingsFolder folder = new SettingsFolder().Write("settings/audit.ini/x");

        Assert.AreEqual("0: found a directory, expected a file of at most 1 MiB that this process may read", folder.Problem);
    }

    [TestMethod]
    [DataRow("p")]
    [DataRow("c", "1", "3")]
    [DataRow("c", "1", "5")]
    [Timeout(60_000)] // Who opens a pipe that nobody writes to waits for ever.
    public void APipeOrDeviceInPlaceOfAFileIsAProblem(params string[] kind)
    {
        Needs.Root("mknod");
        using SettingsFolder folder = new SettingsFolder().Write("settings/x");
        Command.Run(["mknod", Path.Combine(folder.Path, "settings/audit.ini"), .. kind]);

        Assert.AreEqual("0: found a pipe, a socket or a device, expected a file of at most 1 MiB that this process may read", folder.Problem);
    }

    [TestMethod]
    public void AFileThatCannotBeReadIsAProblem()
    {
        // A link to itself: unlike a missing permission, it stops root as well.
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        File.Delete(Path.Combine(folder.Path, SettingsFolder.Override));
        File.CreateSymbolicLink(Path.Combine(folder.Path, SettingsFolder.Override), Path.GetFileName(SettingsFolder.Override));

        Assert.AreEqual("0: found a file that cannot be read (IOException), expected a file of at most 1 MiB that this process may read", folder.Problem);
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
    public void ProblemsOfAllFilesAreReportedTogetherInFileOrder()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("Audit=on", " LogDir=x")
            .Write("settings/audit.ini", "[auditsettings]")
            .Write("settings/site.ini", "[FileSettings]", "LogFilePermissions=rw");

        CollectionAssert.AreEqual(
            new[]
            {
                "settings/site.ini:2: found \"rw\", expected octal permissions such as 0600, at least 0600",
                "settings/audit.ini:1: found \"[auditsettings]\", expected \"[AuditSettings]\"",
                "settings/override/audit.ini.append.php:2: found \"on\", expected \"enabled\" or \"disabled\"",
                "settings/override/audit.ini.append.php:3: found \" LogDir=x\", expected \"LogDir=x\" at the start of the line",
            },
            folder.Problems);
    }
}
