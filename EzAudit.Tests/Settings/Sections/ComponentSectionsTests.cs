using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;

namespace EzAudit.Tests.Settings.Sections;

/// <summary><c>[Target-NAME]</c> and <c>[Format-NAME]</c>.</summary>
[TestClass]
public sealed class ComponentSectionsTests
{
    [TestMethod]
    public void FileAndClassicAreAlwaysThere()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();

        Assert.AreEqual("file", folder.Settings.Targets["file"].Type);
        Assert.AreEqual("classic", folder.Settings.Formats["classic"].Type);
    }

    [TestMethod]
    public void AFormatThatNeedsNoKeysNeedsNoSection()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();

        Assert.AreEqual("json", folder.Settings.Formats["json"].Type);
        Assert.IsFalse(folder.Settings.Formats.ContainsKey("pattern"));
    }

    [TestMethod]
    public void APartHasTheKeysOfItsType()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(
            "[Target-log]", "Type=syslog", "Host=loghost", "Tags[]=a", "Tags[x]=b", "Format=line", "[Format-line]", "Type=pattern", "Pattern={function}");
        ComponentSection target = folder.Settings.Targets["log"];

        Assert.AreEqual("syslog", target.Type);
        Assert.AreEqual(new SettingsPlace(SettingsFolder.Override, 1), target.Place);
        Assert.AreEqual(new LocatedText("loghost", new SettingsPlace(SettingsFolder.Override, 3)), target.Texts["Host"]);
        Assert.AreEqual("line", target.Texts["Format"].Value);
        CollectionAssert.AreEqual(new[] { "a", "b" }, target.Arrays["Tags"].Select(tag => tag.Value).ToArray());
        Assert.AreEqual("{function}", folder.Settings.Formats["line"].Texts["Pattern"].Value);
    }

    [TestMethod]
    [DataRow("[Target-log]", "Host=x", 1, "\"[Target-log]\" without Type", "Type= followed by \"file\" or \"syslog\"")]
    [DataRow("[Target-log]", "Type=Syslog", 2, "type \"Syslog\"", "\"file\" or \"syslog\"; plugins of [PluginSettings] bring others")]
    [DataRow("[Target-file]", "Type=syslog", 2, "type \"syslog\"", "\"file\"; plugins of [PluginSettings] bring others")]
    [DataRow("[Format-a]", "Type=file", 2, "type \"file\"", "\"classic\", \"json\" or \"pattern\"; plugins of [PluginSettings] bring others")]
    [DataRow("[Format-a]", "type=json", 2, "key \"type\"", "\"Type\"")]
    public void AWrongTypeIsAProblem(string header, string line, int at, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(header, line);

        CollectionAssert.Contains(folder.Problems, $"settings/override/audit.ini.append.php:{at}: found {found}, expected {expected}");
    }

    [TestMethod]
    [DataRow("host=x", "key \"host\"", "\"Host\"")]
    [DataRow("Port=1", "key \"Port\"", "a key of [Target-log]: Type, Format, Required, Host, Tags")]
    [DataRow("Format=xml", "format \"xml\"", "\"classic\" or \"json\", or a section \"[Format-xml]\"")]
    public void AKeyThatTheTypeDoesNotKnowIsAProblem(string line, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Target-log]", "Type=syslog", line);

        Assert.AreEqual($"3: found {found}, expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void ATargetWithAWrongTypeIsReportedOnce()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Target-log]", "Type=sislog", "Facility=13", "[FunctionDefaults]", "Targets[]=log");

        Assert.AreEqual("2: found type \"sislog\", expected \"file\" or \"syslog\"; plugins of [PluginSettings] bring others", folder.Problem);
    }
}
