using EzAudit.Extensibility;
using EzAudit.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace EzAudit.Tests.Extensibility;

/// <summary>A section of audit.ini that a plugin defines.</summary>
[TestClass]
public sealed class PluginSettingsTests
{
    [TestMethod]
    public void ASectionIsReadIntoThePluginsOwnType()
    {
        using AuditSite site = Site("[GreetingSettings]\nGreeting=hello\nNames[]=Anna\nNames[]=Bert\n");
        Greeting greeting = site.Writer.GetSettings<Greeting>()!;
        Assert.AreEqual("hello", greeting.Text);
        Assert.AreEqual("Anna Bert", greeting.Names);
    }

    [TestMethod]
    public void ASectionThatNoFileContainsIsStillRead()
    {
        using AuditSite site = Site("");
        Assert.AreEqual("good day", site.Writer.GetSettings<Greeting>()!.Text);
    }

    [TestMethod]
    public void AWriterWithoutThePluginHasNoSuchSettings()
    {
        using var site = new AuditSite();
        Assert.IsNull(site.Writer.GetSettings<Greeting>());
    }

    [TestMethod]
    [DataRow("Greting=hello", "found key \"Greting\", expected a key of [GreetingSettings]: Greeting, Names")]
    [DataRow("greeting=hello", "found key \"greeting\", expected \"Greeting\"")]
    [DataRow("Greeting[]=hello", "found array Greeting[], expected one text: Greeting=VALUE")]
    [DataRow("Names=Anna", "found text \"Anna\", expected an array: Names[...]=VALUE")]
    [DataRow("Greeting=", "found Greeting=, expected a greeting")]
    [DataRow("Names[]=nobody", "found Names[]=nobody, expected somebody")]
    public void AMistakeStopsTheStartWithItsPlace(string line, string problem)
    {
        using AuditSite site = Site($"[GreetingSettings]\n{line}\n");
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual($"settings/audit.ini:7: {problem}", failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void ASectionThatDiffersByCaseIsAMistake()
    {
        using AuditSite site = Site("[greetingsettings]\nGreeting=hello\n");
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual("settings/audit.ini:6: found \"[greetingsettings]\", expected \"[GreetingSettings]\"", failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void AReloadReplacesThemAndABrokenEditKeepsTheLastGoodOnes()
    {
        using AuditSite site = Site("[GreetingSettings]\nGreeting=hello\n");
        Assert.AreEqual("hello", site.Writer.GetSettings<Greeting>()!.Text);
        site.Root.Write("settings/override/audit.ini", "[GreetingSettings]\nGreeting=welcome\n");
        Until.True(() => site.Writer.GetSettings<Greeting>()!.Text == "welcome", "the edit is noticed");
        site.Root.Write("settings/override/audit.ini", "[GreetingSettings]\nGreeting=\n");
        Until.True(() => site.Writer.Health.SettingsProblems.Count > 0, "the mistake is noticed");
        Assert.AreEqual("welcome", site.Writer.GetSettings<Greeting>()!.Text);
    }

    [TestMethod]
    public void TheCheckOfATrialSeesThem()
    {
        using AuditSite site = Site("[GreetingSettings]\nGreeting=\n");
        AuditInspection inspection = AuditInspection.Of(site.Root.Path, plugins: [new GreetingPlugin()]);
        Assert.IsFalse(inspection.CanStart);
        Assert.AreEqual("settings/audit.ini:7: found Greeting=, expected a greeting", inspection.Problems.Single().ToString());
    }

    [TestMethod]
    public void TheHostsConfigurationMaySetThem()
    {
        using AuditSite site = Site("[GreetingSettings]\nGreeting=hello\n", builder => builder.AddConfiguration(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["GreetingSettings:Greeting"] = "from the host",
                ["GreetingSettings:Names:0"] = "Carl",
            }).Build()));
        Assert.AreEqual("from the host", site.Writer.GetSettings<Greeting>()!.Text);
        Assert.AreEqual("Carl", site.Writer.GetSettings<Greeting>()!.Names);
    }

    [TestMethod]
    public void NoTwoPluginsHaveTheSameSectionOrType()
    {
        var registry = new AuditRegistry().AddSettings("GreetingSettings", [], _ => new Greeting("", ""));
        Assert.ThrowsExactly<ArgumentException>(() => registry.AddSettings("greetingsettings", [], _ => ""));
        Assert.ThrowsExactly<ArgumentException>(() => registry.AddSettings("OtherSettings", [], _ => new Greeting("", "")));
        Assert.ThrowsExactly<ArgumentException>(() => registry.AddSettings("RotationSettings", [], _ => ""));
    }

    private static AuditSite Site(string section, Action<AuditWriterBuilder>? configure = null) => new(AuditSite.Enabled + section, builder =>
    {
        builder.AddPlugin(new GreetingPlugin());
        configure?.Invoke(builder);
    });

    private sealed record Greeting(string Text, string Names);

    private sealed class GreetingPlugin : IAuditPlugin
    {
        public void Register(AuditRegistry registry) => registry.AddSettings("GreetingSettings", ["Greeting", "Names[]"], Read);

        private static Greeting Read(AuditComponentSettings settings)
        {
            if (settings["Greeting"] == "") throw new AuditComponentSettingsException("Greeting", "a greeting");
            IReadOnlyList<string> names = settings.GetArray("Names");
            if (names.Contains("nobody")) throw new AuditComponentSettingsException("Names", "somebody", "nobody");
            return new Greeting(settings["Greeting"] ?? "good day", string.Join(' ', names));
        }
    }
}
