using EzAudit.Settings.Ini;

namespace EzAudit.Tests.Settings.Sources;

/// <summary>The host's configuration as the highest layer.</summary>
[TestClass]
public sealed class ConfigurationLayerTests
{
    [TestMethod]
    public void ItWinsOverEveryFile()
    {
        using var folder = new SettingsFolder { Configuration = new() { ["AuditSettings"] = null, ["AuditSettings:LogDir"] = "here", ["FileSettings:VarDir"] = "/data" } };
        folder.Write("settings/override/audit.ini.append", "[AuditSettings]", "LogDir=there");

        Assert.AreEqual("/data/here", folder.Settings.LogDirectory);
    }

    [TestMethod]
    public void AFileNameHasItsFunctionAsEntry()
    {
        using var folder = new SettingsFolder { Configuration = new() { ["AuditSettings:AuditFileNames:user:login"] = "login.log" } };

        Assert.AreEqual(new LocatedText("login.log", new SettingsPlace("configuration"), "user:login"), folder.Settings.FileNames["user:login"]);
    }

    [TestMethod]
    public void NumberedEntriesOfAListAreAppended()
    {
        using var folder = new SettingsFolder { Configuration = new() { ["FunctionDefaults:Targets:0"] = "log", ["FunctionDefaults:Targets:1"] = "file" } };
        folder.Write("settings/audit.ini", "[Target-log]", "Type=syslog", "[FunctionDefaults]", "Targets[]=file");

        CollectionAssert.AreEqual(new[] { "file", "log" }, folder.Settings.Defaults.Targets.ToArray());
    }

    [TestMethod]
    public void ItsExtensionsAreRead()
    {
        using var folder = new SettingsFolder { Configuration = new() { ["ExtensionSettings:ActiveExtensions:0"] = "one" } };
        folder.Write("extension/one/settings/audit.ini", "[AuditSettings]", "LogDir=one");

        Assert.AreEqual("var/one", folder.Settings.LogDirectory);
    }

    [TestMethod]
    public void ItAloneIsEnoughForAudit()
    {
        using var folder = new SettingsFolder { Configuration = new() { ["AuditSettings:Audit"] = "enabled" } };

        Assert.IsTrue(folder.Read().HasAuditSettings);
        Assert.IsTrue(folder.Settings.Enabled);
    }

    [TestMethod]
    public void TheCaseOfItsNamesDoesNotMatter()
    {
        using var folder = new SettingsFolder { Configuration = new() { ["AUDITSETTINGS:AUDIT"] = "enabled", ["FUNCTION-a:ONFAILURE"] = "fail", ["auditsettings:auditfilenames:a"] = "a.log" } };

        Assert.IsTrue(folder.Settings.Enabled);
        Assert.IsTrue(folder.Settings.Functions.ContainsKey("a"));
    }

    [TestMethod]
    [DataRow("Audit", "\"EzAudit:Audit\"", "EzAudit:SECTION:KEY")]
    [DataRow("AuditSettings:Foo", "key \"Foo\"", "a key of [AuditSettings]: Audit, LogDir, OnUnknownFunction, MaxFieldBytes, MaxRecordBytes, MaxFields, AuditFileNames")]
    [DataRow("FileSettings:LogDir", "key \"LogDir\"", "a key of [FileSettings]: VarDir, LogFilePermissions, StorageDirPermissions")]
    [DataRow("AuditSettings:Audit", "\"x\"", "\"enabled\" or \"disabled\"")]
    [DataRow("AuditSettings:AuditFileNames:0", "file name \"x\" without a function", "AuditFileNames[FUNCTION]=FILE")]
    public void ItsProblemsNameTheConfiguration(string path, string found, string expected)
    {
        using var folder = new SettingsFolder { Configuration = new() { [path] = "x" } };

        CollectionAssert.AreEqual(new[] { $"configuration: found {found}, expected {expected}" }, folder.Problems);
    }

    [TestMethod]
    public void AnUnknownSectionIsRefused()
    {
        using var folder = new SettingsFolder { Configuration = new() { ["Foo:Bar"] = "x" } };

        CollectionAssert.AreEqual(
            new[]
            {
                "configuration: found \"[Foo]\", expected a section that EzAudit knows: [AuditSettings], [FunctionDefaults], [Function-NAME], [Target-NAME], "
                + "[Format-NAME], [RotationSettings], [Rotation-NAME], [DiskSettings], [RedactionSettings], [PluginSettings], [SealSettings], [Anchor-NAME], [Signer-NAME], [Hold-NAME], "
                + "[FileSettings], [TimeZoneSettings], [UserSettings], [ExtensionSettings]",
            },
            folder.Problems);
    }
}
