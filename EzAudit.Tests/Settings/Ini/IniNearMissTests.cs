using EzAudit.Settings.Ini;

namespace EzAudit.Tests.Settings.Ini;

/// <summary>Lines that look like settings but mean nothing to eZ.</summary>
[TestClass]
public sealed class IniNearMissTests
{
    [TestMethod]
    [DataRow(" [AuditSettings]", "\"[AuditSettings]\" at the start of the line")]
    [DataRow("[AuditSettings] # note", "\"[AuditSettings]\" alone on its line; a comment has a line of its own")]
    [DataRow("[AuditSettings", "\"]\" after the name of the section")]
    [DataRow("[]", "the name of a section between \"[\" and \"]\"")]
    [DataRow("[  ]", "the name of a section between \"[\" and \"]\"")]
    [DataRow("LogDir =log", "\"LogDir=\" without a blank before \"=\"")]
    [DataRow("AuditFileNames[a] =a.log", "\"AuditFileNames[a]=\" without a blank before \"=\"")]
    [DataRow("  Audit=enabled", "\"Audit=enabled\" at the start of the line")]
    [DataRow("AuditFileNames[a][b]=c.log", "one \"[...]\" after the name")]
    [DataRow("AuditFileNames[] ", "\"AuditFileNames[]\" with nothing after it")]
    [DataRow("AuditFileNames[a]", "\"AuditFileNames[a]=VALUE\"")]
    [DataRow("Audit.x=enabled", "NAME=VALUE; a NAME has letters, digits, \"_\", \"*\", \"@\" and \"-\" only")]
    [DataRow("Au dit=enabled", "NAME=VALUE; a NAME has letters, digits, \"_\", \"*\", \"@\" and \"-\" only")]
    public void ALineThatLooksLikeASettingOrASectionIsAProblem(string line, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(line);

        Assert.AreEqual($"2: found {Quoted.Text(line)}, expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void ALineThatLooksLikeNothingIsAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("rubbish");

        Assert.AreEqual("2: found \"rubbish\", expected a section, a setting, or \"#\" at the start of a comment (warning)", folder.Problem);
        Assert.IsNotNull(folder.Check().Settings);
    }

    [TestMethod]
    public void ASettingBeforeAnySectionIsAProblem()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("Audit=enabled");

        Assert.AreEqual("1: found \"Audit=enabled\" before any section, expected a section such as [AuditSettings] above it", folder.Problem);
    }

    [TestMethod]
    public void ControlCharactersAreShownAsTheirCodes()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("\tAudit=\u001b[2J");

        Assert.AreEqual("2: found \"\\u{9}Audit=\\u{1b}[2J\", expected \"Audit=\\u{1b}[2J\" at the start of the line", folder.Problem);
    }

    [TestMethod]
    public void InSiteIniOnlyALineMeantForUsIsAProblem()
    {
        using SettingsFolder folder = new SettingsFolder().Write("settings/site.ini", "[SiteSettings", "rubbish", "Name = x", "[FileSettings]", "VarDir = x");

        CollectionAssert.AreEqual(
            new[] { "settings/site.ini:5: found \"VarDir = x\", expected \"VarDir=\" without a blank before \"=\"" }, folder.Problems);
    }
}
