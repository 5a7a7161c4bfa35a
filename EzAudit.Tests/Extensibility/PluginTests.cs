using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Extensibility;

[TestClass]
public sealed class PluginTests
{
    private const string WithTarget = AuditSite.Enabled + """
        [Function-user-login]
        Targets[]=list
        Targets[]=file
        [Target-list]
        Type=list
        Prefix=>

        """;

    [TestMethod]
    public void APluginProvidesFunctionsTargetsAndFormats()
    {
        var plugin = new ListPlugin();
        using var site = new AuditSite(WithTarget, builder => builder.AddPlugin(plugin));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));
        Assert.AreEqual("> user-login [User id: 14] Disk [ May 23 2007 14:47:58 ] [host] [anonymous:10]\nUser id: 14\n\n", plugin.Taken.Single());
        Assert.HasCount(1, site.Records("login.log"));
        CollectionAssert.Contains(site.Writer.Functions.Select(function => function.Name).ToArray(), "list-only");
    }

    [TestMethod]
    public void ATargetMayHaveAFormatOfItsOwn()
    {
        var plugin = new ListPlugin();
        using var site = new AuditSite(WithTarget + "Format=upper\n", builder => builder.AddPlugin(plugin));
        site.Writer.WriteAudit("user-login", ("User id", 14));
        Assert.EndsWith("USER-LOGIN;", plugin.Taken.Single());
        Assert.HasCount(1, site.Records("login.log"));
    }

    [TestMethod]
    public void ATargetThatThrowsFailsItsOwnRecordsOnly()
    {
        using var site = new AuditSite(WithTarget, builder => builder.AddPlugin(new ListPlugin { Fails = true }));
        var failure = Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login"));
        Assert.AreEqual(AuditWriteStage.Target, failure.Stage);
        Assert.AreEqual("The record of \"user-login\" was not stored (at Target): the store is full", failure.Message);
        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 7)));
    }

    [TestMethod]
    public void APluginThatThrowsIsNamedAndFullyRemoved()
    {
        using var site = new AuditSite(configure: builder => builder.AddPlugin(new ThrowingPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual(
            "code: found plugin EzAudit.Tests.Extensibility.PluginTests+ThrowingPlugin, which failed to register: no database, expected a plugin that registers",
            failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void AFunctionDefinedTwiceIsNamed()
    {
        using var site = new AuditSite(configure: builder => builder.AddPlugin(new ListPlugin()).AddPlugin(new CopycatPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.Contains("The function \"list-only\" is already defined.", failure.Problems.Single().Found);
    }

    [TestMethod]
    public void AllBadPluginsAreNamedTogether()
    {
        using var site = new AuditSite(
            AuditSite.Enabled + "[PluginSettings]\nPlugins[]=No.Such.Assembly\nPlugins[]=NodaTime\n", builder => builder.AddPlugin(new ThrowingPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.HasCount(3, failure.Problems);
        Assert.AreEqual("settings/audit.ini:7", $"{failure.Problems[1].File}:{failure.Problems[1].Line}");
        Assert.StartsWith("\"No.Such.Assembly\", which cannot be loaded", failure.Problems[1].Found);
        Assert.AreEqual("\"NodaTime\", which contains no plugin", failure.Problems[2].Found);
    }

    [TestMethod]
    public void AuditIniMayNameTheBuiltInPlugins()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[PluginSettings]\nPlugins[]=EzAudit.Plugins\n");
        CollectionAssert.Contains(site.Writer.Functions.Select(function => function.Name).ToArray(), "content-move");
    }

    [TestMethod]
    public void ATargetsOwnErrorIsReportedWithItsPlace()
    {
        using var site = new AuditSite(WithTarget.Replace("Prefix=>", "Prefix=", StringComparison.Ordinal), builder => builder.AddPlugin(new ListPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual("settings/audit.ini:11: found Prefix=, expected a text that is not empty", failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void OneFileHasOneFormat()
    {
        string settings = AuditSite.Enabled.Replace("order_delete.log", "login.log", StringComparison.Ordinal) + "[Function-order-delete]\nFormat=upper\n";
        using var site = new AuditSite(settings, builder => builder.AddPlugin(new ListPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual("settings/audit.ini:5: found \"login.log\" in the formats classic and upper, expected one format for one file", failure.Problems.Single().ToString());
    }

    internal sealed class ListPlugin : IAuditPlugin
    {
        public List<string> Taken { get; } = [];

        public bool Fails { get; init; }

        public void Register(AuditRegistry registry) => registry
            .AddFunction(new AuditFunction { Name = "list-only" })
            .AddFormat("upper", [], _ => new UpperFormat())
            .AddTarget("list", ["Prefix"], settings => new ListTarget(this, settings["Prefix"] is { Length: > 0 } prefix ? prefix : throw new AuditComponentSettingsException("Prefix", "a text that is not empty")));
    }

    private sealed class ListTarget(ListPlugin plugin, string prefix) : IAuditTarget
    {
        public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
        {
            if (plugin.Fails) throw new AuditTargetException("the store is full");
            plugin.Taken.Add($"{prefix} {record.Function.Name} [{string.Join(", ", record.Fields.ToArray())}] {durability} {System.Text.Encoding.UTF8.GetString(bytes)}");
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class UpperFormat : IAuditFormat
    {
        public ReadOnlySpan<byte> Terminator => ";"u8;

        public void Write(in AuditRecordView record, System.Buffers.IBufferWriter<byte> output)
        {
            System.Buffers.BuffersExtensions.Write(output, System.Text.Encoding.UTF8.GetBytes(record.Function.Name.ToUpperInvariant() + ";"));
        }
    }

    private sealed class ThrowingPlugin : IAuditPlugin
    {
        public void Register(AuditRegistry registry)
        {
            registry.AddFunction(new AuditFunction { Name = "half" });
            throw new InvalidOperationException("no database");
        }
    }

    private sealed class CopycatPlugin : IAuditPlugin
    {
        public void Register(AuditRegistry registry) => registry.AddFunction(new AuditFunction { Name = "list-only" });
    }
}
