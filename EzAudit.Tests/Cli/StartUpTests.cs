using System.Reflection.PortableExecutable;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli;

/// <summary>The tool starts fast: a plain Release build compiles it and everything that it loads ahead of time.</summary>
[TestClass]
public sealed class StartUpTests
{
    [TestMethod]
    [DataRow("EzAudit.Cli.dll")]
    [DataRow("EzAudit.dll")]
    [DataRow("EzAudit.Plugins.dll")]
    [DataRow("System.CommandLine.dll")]
    [DataRow("NodaTime.dll")]
    [DataRow("INIFileParser.dll")]
    public void AReleaseIsCompiledAheadOfTime(string assembly)
    {
        if (Repository.Configuration != "Release") Needs.LeaveOut("it needs a Release build");
        using var image = new PEReader(File.OpenRead(Path.Combine(Path.GetDirectoryName(ToolSite.Binary)!, assembly)));

        Assert.IsGreaterThan(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }
}
