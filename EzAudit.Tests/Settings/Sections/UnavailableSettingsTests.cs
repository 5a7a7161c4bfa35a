namespace EzAudit.Tests.Settings.Sections;

/// <summary>Keys that are known but whose feature does not exist yet.</summary>
[TestClass]
public sealed class UnavailableSettingsTests
{
    [TestMethod]
    [DataRow("PluginSettings", "PluginDir=plugins", "no such line")]
    public void UsingAKeyThatDoesNothingYetIsRefused(string section, string line, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride($"[{section}]", line);

        Assert.AreEqual($"2: found \"{line}\", expected {expected}: not available in this version", folder.Problem);
    }

    [TestMethod]
    public void TheDefaultsMayBeWritten()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(
            "[FunctionDefaults]", "Durability=disk", "OnFailure=fail", "Fallback[]", "ExtraFields[]", "Redact[]",
            "[RotationSettings]", "Interval=none", "Naming=dated", "KeepFiles=all", "KeepDays=all", "MinKeepDays=0", "Compress=none",
            "[PluginSettings]", "PluginDir=", "[SealSettings]", "Seal=disabled");

        Assert.IsNotNull(folder.Settings);
    }
}
