using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Tests.Settings.Sections;

/// <summary><c>[FunctionDefaults]</c> and <c>[Function-NAME]</c>.</summary>
[TestClass]
public sealed class FunctionSectionsTests
{
    [TestMethod]
    public void WithoutSectionsEverythingHasItsDefault()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        FunctionSettings function = folder.Settings.ForFunction("any");

        Assert.AreEqual(AuditDurability.Disk, function.Durability);
        Assert.AreEqual(FailurePolicy.Fail, function.OnFailure);
        Assert.AreEqual("classic", function.Format);
        CollectionAssert.AreEqual(new[] { "file" }, function.Targets.ToArray());
    }

    [TestMethod]
    public void AFunctionHasTheDefaultsThatItDoesNotSet()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(
            "AuditFileNames[a]=a.log", "[FunctionDefaults]", "Durability=os", "Format=json", "[Function-a]", "Format=classic", "Targets[]=log", "[Target-log]", "Type=syslog");
        AuditSettings settings = folder.Settings;

        Assert.AreEqual(AuditDurability.Os, settings.ForFunction("a").Durability);
        Assert.AreEqual("classic", settings.ForFunction("a").Format);
        CollectionAssert.AreEqual(new[] { "log" }, settings.ForFunction("a").Targets.ToArray());
        Assert.AreEqual("json", settings.ForFunction("b").Format);
    }

    [TestMethod]
    public void ATargetNamedTwiceIsOneTarget()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[FunctionDefaults]", "Targets[]=file", "Targets[]=file");

        CollectionAssert.AreEqual(new[] { "file" }, folder.Settings.Defaults.Targets.ToArray());
    }

    [TestMethod]
    [DataRow("Durability=Disk", "\"Disk\"", "\"disk\", \"os\" or \"queue\"")]
    [DataRow("OnFailure=ignore", "\"ignore\"", "\"fail\", \"continue\" or \"shutdown\"")]
    [DataRow("Format=xml", "format \"xml\"", "\"classic\" or \"json\", or a section \"[Format-xml]\"")]
    [DataRow("Format=pattern", "format \"pattern\"", "\"classic\" or \"json\", or a section \"[Format-pattern]\"")]
    [DataRow("Targets[]=syslog", "target \"syslog\"", "\"file\", or a section \"[Target-syslog]\"")]
    [DataRow("Targets[]", "no target", "at least one line such as Targets[]=file")]
    [DataRow("ExtraFields[]=cookie", "extra field \"cookie\"", "\"session\", \"trace\", \"thread\" or \"process\"")]
    [DataRow("Targets=file", "text \"file\"", "an array: Targets[...]=VALUE")]
    public void AValueThatDoesNotFitIsAProblem(string line, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[FunctionDefaults]", line);

        Assert.AreEqual($"2: found {found}, expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void AFunctionWithoutAFileNameIsAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Function-user-logn]");

        Assert.AreEqual("1: found \"[Function-user-logn]\" without a file name for it, expected AuditFileNames[NAME]=FILE in [AuditSettings] (warning)", folder.Problem);
    }

    [TestMethod]
    public void AFunctionThatTheStarCatchesNeedsNoFileName()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("AuditFileNames[*]=all.log", "[Function-user-login]", "Durability=os");

        Assert.AreEqual(AuditDurability.Os, folder.Settings.ForFunction("user-login").Durability);
    }
}
