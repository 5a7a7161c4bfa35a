using System.Text;
using EzAudit.Extensibility;
using EzAudit.Plugins.Targets;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Plugins.Targets;

/// <summary>The target <c>console</c>.</summary>
[TestClass]
public sealed class ConsoleTargetTests
{
    [TestMethod]
    public void RecordsComeAsLinesOfJsonUnlessTheSectionSaysOtherwise()
    {
        Assert.StartsWith("{\"time\":", Written("[Target-console]\nType=console\n"));
        Assert.StartsWith("[ May 23 2007 14:47:58 ]", Written("[Target-console]\nType=console\nFormat=classic\n"));
    }

    [TestMethod]
    public void ItIsStandardOutputOfTheProcess()
    {
        using var root = new TempFolder();
        root.Write("settings/audit.ini", $"{AuditSite.Enabled}[FunctionDefaults]\nTargets[]=file\nTargets[]=console\n[Target-console]\nType=console\n[PluginSettings]\nPlugins[]=EzAudit.Plugins\n");
        using ChildProcess child = ChildProcess.Start(nameof(FloodRecords), root.Path, "user-login", "p", "1", "10", "3");
        Assert.AreEqual("ready", child.ReadLine());
        child.Input.WriteLine();

        string[] lines = [.. Enumerable.Range(0, 6).Select(_ => child.ReadLine()!)];

        Assert.HasCount(3, lines.Where(line => line.StartsWith("{\"time\":", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(new[] { "+p-0-0", "+p-0-1", "+p-0-2" }, lines.Where(line => line[0] == '+').ToArray());
    }

    private static string Written(string sections)
    {
        using var output = new MemoryStream();
        using AuditSite site = Site(sections, new StreamPlugin(output));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 1)));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static AuditSite Site(string sections, IAuditPlugin plugin) => new(
        $"{AuditSite.Enabled}[FunctionDefaults]\nTargets[]=file\nTargets[]=console\n{sections}", builder => builder.AddPlugin(plugin));

    private sealed class StreamPlugin(Stream output) : IAuditPlugin
    {
        public void Register(AuditRegistry registry) => registry.AddTarget("console", [], _ => new ConsoleTarget(output), "json");
    }
}
