using EzAudit.Settings.Model;

namespace EzAudit.Tests.Settings.Sections;

/// <summary><c>[RotationSettings]</c> and <c>[Rotation-FILENAME]</c>.</summary>
[TestClass]
public sealed class RotationSectionsTests
{
    [TestMethod]
    public void WithoutSectionsEverythingIsKept()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();

        Assert.AreEqual(new RotationSettings(), folder.Settings.ForFile("any.log"));
    }

    [TestMethod]
    public void NumberedFilesMayBeLimited()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[RotationSettings]", "MaxFileSize=204800", "Naming=numbered", "KeepFiles=3");

        Assert.AreEqual(new RotationSettings { MaxFileSize = 204_800, Naming = RotationNaming.Numbered, KeepFiles = 3 }, folder.Settings.Rotation);
    }

    [TestMethod]
    public void AFileHasTheDefaultsThatItDoesNotSet()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(
            "AuditFileNames[a]=sub/a.log", "[RotationSettings]", "Naming=numbered", "KeepFiles=3", "[Rotation-sub/a.log]", "KeepFiles=all", "MaxFileSize=0");

        Assert.AreEqual(new RotationSettings { MaxFileSize = 0, Naming = RotationNaming.Numbered }, folder.Settings.ForFile("sub/a.log"));
        Assert.AreEqual(3, folder.Settings.ForFile("b.log").KeepFiles);
    }

    [TestMethod]
    [DataRow("MaxFileSize=big", "\"big\"", "a size such as 64MiB (KiB, MiB, GiB or plain bytes), or 0 for none")]
    [DataRow("Naming=eZ", "\"eZ\"", "\"dated\" or \"numbered\"")]
    [DataRow("KeepFiles=0", "\"0\"", "\"all\" or a number from 1 to 1000000")]
    [DataRow("Interval=yearly", "\"yearly\"", "\"none\", \"hourly\", \"daily\", \"weekly\" or \"monthly\"")]
    public void AValueThatDoesNotFitIsAProblem(string line, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[RotationSettings]", line);

        Assert.AreEqual($"2: found {found}, expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void AnImpossibleFileIsAProblem()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Rotation-../a.log]");

        Assert.AreEqual("1: found file \"../a.log\", expected a file name below LogDir, without \"..\"", folder.Problem);
    }

    [TestMethod]
    public void AFileThatNoFunctionUsesIsAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Rotation-logn.log]");

        Assert.AreEqual("1: found \"[Rotation-logn.log]\", where no function is written, expected a file of AuditFileNames in [AuditSettings] (warning)", folder.Problem);
    }
}
