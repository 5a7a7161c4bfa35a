using EzAudit.Plugins;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing.Building;

/// <summary>Applications built without loading plugins by name, such as trimmed ones.</summary>
[TestClass]
[DoNotParallelize] // The switch is the process's.
public sealed class PluginSwitchTests
{
    private const string Switch = "EzAudit.LoadPluginsByName";
    private const string Settings = AuditSite.Enabled + "[PluginSettings]\nPlugins[]=EzAudit.Plugins\n";

    [TestInitialize]
    public void TurnOff() => AppContext.SetSwitch(Switch, false);

    [TestCleanup]
    public void TurnOn() => AppContext.SetSwitch(Switch, true);

    [TestMethod]
    public void APluginThatOnlyTheSettingsNameIsAnErrorThatTellsWhatToDo()
    {
        using var site = new AuditSite(Settings);
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual(
            "settings/audit.ini:7: found \"EzAudit.Plugins\", which was not added in code, expected AddPlugin<T>() in code for its plugins: "
            + "this application was built without loading plugins by name (EzAuditLoadPluginsByName)",
            failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void APluginAddedInCodeMayBeNamed()
    {
        using var site = new AuditSite(Settings, builder => builder.AddPlugin<EzPublishPlugin>());
        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 7)));
        CollectionAssert.Contains(site.Writer.Functions.Select(function => function.Name).ToArray(), "content-move");
    }
}
