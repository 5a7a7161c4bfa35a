namespace EzAudit.Tests.Settings.Sections;

/// <summary>Sections and keys that have no effect.</summary>
[TestClass]
public sealed class NameCheckTests
{
    [TestMethod]
    [DataRow("[auditsettings]", "\"[AuditSettings]\"")]
    [DataRow("[function-User-Login]", "\"[Function-User-Login]\"")]
    [DataRow("[Functiondefaults]", "\"[FunctionDefaults]\"")]
    [DataRow("[Function-]", "a name after it: [Function-NAME]")]
    [DataRow("[Other] [x]", "one section on a line")]
    public void ASectionThatLooksLikeOursIsAProblem(string header, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(header);

        Assert.AreEqual($"1: found \"{header}\", expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void AWhollyUnknownSectionIsAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[AcmeSettings]", "x=y");

        Assert.AreEqual(
            "1: found \"[AcmeSettings]\", expected a section that EzAudit knows: [AuditSettings], [FunctionDefaults], [Function-NAME], [Target-NAME], "
            + "[Format-NAME], [RotationSettings], [Rotation-NAME], [DiskSettings], [RedactionSettings], [PluginSettings], [SealSettings], [Anchor-NAME], [Signer-NAME], [Hold-NAME] (warning)",
            folder.Problem);
    }

    [TestMethod]
    public void ASectionOfSiteIniInAuditIniIsAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[FileSettings]", "VarDir=x");

        Assert.AreEqual("1: found \"[FileSettings]\", expected this section in site.ini; here it has no effect (warning)", folder.Problem);
    }

    [TestMethod]
    [DataRow("audit=enabled", "audit", "\"Audit\"")]
    [DataRow("AuditFilenames[a]=a.log", "AuditFilenames", "\"AuditFileNames\"")]
    [DataRow("Enabled=yes", "Enabled", "a key of [AuditSettings]: Audit, LogDir, OnUnknownFunction, MaxFieldBytes, MaxRecordBytes, MaxFields, AuditFileNames")]
    public void AnUnknownKeyIsAProblem(string line, string key, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(line);

        Assert.AreEqual($"2: found key \"{key}\", expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void AWrongNameIsReportedWhereverItOccurs()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("audit=enabled").Write("settings/audit.ini", "[AuditSettings]", "audit=disabled");

        CollectionAssert.AreEqual(
            new[]
            {
                "settings/audit.ini:2: found key \"audit\", expected \"Audit\"",
                "settings/override/audit.ini.append.php:2: found key \"audit\", expected \"Audit\"",
            },
            folder.Problems);
    }

    [TestMethod]
    public void InSiteIniOnlyTheCaseOfOurNamesMatters()
    {
        using SettingsFolder folder = new SettingsFolder().Write("settings/site.ini", "[SiteSettings]", "x=y", "[FileSettings]", "StorageDir=storage", "Vardir=x", "[Usersettings]");

        CollectionAssert.AreEqual(
            new[]
            {
                "settings/site.ini:5: found key \"Vardir\", expected \"VarDir\"",
                "settings/site.ini:6: found \"[Usersettings]\", expected \"[UserSettings]\"",
            },
            folder.Problems);
    }
}
