using EzAudit.Plugins;
using EzAudit.Tests.Plugins;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Samples;

/// <summary>The shipped settings and audit.ini.sample, used as people use them.</summary>
[TestClass]
public sealed class ShippedSettingsTests
{
    [TestMethod]
    public void AsShippedNothingIsWritten()
    {
        using TempFolder root = Shipped();
        using AuditWriter writer = new AuditWriterBuilder(root.Path).Build();

        Assert.IsFalse(writer.WriteAudit("user-login", ("User id", 14)));
        Assert.IsFalse(Directory.Exists(writer.LogDirectory));
    }

    [TestMethod]
    public void TheSampleAsOverrideWritesEveryFunctionToItsFile()
    {
        using TempFolder root = Shipped();
        root.Write("settings/override/audit.ini", File.ReadAllText(Repository.PathOf("audit.ini.sample")));
        using AuditWriter writer = new AuditWriterBuilder(root.Path).Build();

        foreach (var function in PluginWriter.Functions)
        {
            Assert.IsTrue(writer.WriteAudit(function.Name, ("Comment", "x")), function.Name);
            Assert.IsTrue(File.Exists(Path.Combine(writer.LogDirectory, function.DefaultFileName!)), function.DefaultFileName);
        }
        Assert.IsTrue(writer.WriteAudit("my-new-audit", ("Comment", "x")));
        Assert.IsTrue(File.Exists(Path.Combine(writer.LogDirectory, "info.log")));
        Assert.IsTrue(writer.WriteAudit("never heard of", ("Comment", "x")));
        Assert.IsTrue(File.Exists(Path.Combine(writer.LogDirectory, "other.log")));
    }

    [TestMethod]
    public void ThePluginsNamedInTheSettingsAreUsed()
    {
        using TempFolder root = Shipped();
        using AuditWriter writer = new AuditWriterBuilder(root.Path).Build();

        Assert.Contains(OrderAudit.DeleteFunction, writer.Functions);
    }

    [TestMethod]
    public void TheShippedFilesAreThoseOfEz()
    {
        string audit = File.ReadAllText(Repository.PathOf("settings", "audit.ini"));

        foreach (var function in PluginWriter.OfEz)
            Assert.Contains($"\nAuditFileNames[{function.Name}]={function.DefaultFileName}\n", audit);
    }

    [TestMethod]
    public void TheSampleHasALineForEveryFunction()
    {
        string sample = File.ReadAllText(Repository.PathOf("audit.ini.sample"));

        foreach (var function in PluginWriter.Functions)
            Assert.Contains($"\nAuditFileNames[{function.Name}]={function.DefaultFileName}\n", sample);
    }

    private static TempFolder Shipped()
    {
        var root = new TempFolder();
        foreach (string name in new[] { "audit.ini", "site.ini" })
            root.Write($"settings/{name}", File.ReadAllText(Repository.PathOf("settings", name)));
        return root;
    }
}
