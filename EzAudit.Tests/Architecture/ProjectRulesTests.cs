using System.Xml.Linq;
using EzAudit.Extensibility;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>Which project references which: all of them reference the core, and the core references none.</summary>
[TestClass]
public sealed class ProjectRulesTests
{
    private static IEnumerable<string> Projects => Directory
        .EnumerateFiles(Repository.Root, "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 });

    [TestMethod]
    public void TheCoreNamesNoProject()
    {
        Assert.IsEmpty(References(Repository.PathOf("EzAudit", "EzAudit.csproj")));
        Assert.IsFalse(typeof(IAuditPlugin).Assembly.GetReferencedAssemblies().Any(name => name.Name!.StartsWith("EzAudit", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void EveryOtherProjectNamesTheCore()
    {
        foreach (string project in Projects.Where(project => Path.GetFileName(project) != "EzAudit.csproj"))
            Assert.Contains("EzAudit.csproj", References(project), project);
    }

    [TestMethod]
    public void TheCoreShowsItsInternalsOnlyToTestsAndBenchmarks()
    {
        IEnumerable<string> friends = XDocument.Load(Repository.PathOf("EzAudit", "EzAudit.csproj"))
            .Descendants("InternalsVisibleTo").Select(element => element.Attribute("Include")!.Value);

        CollectionAssert.IsSubsetOf(friends.ToList(), new[] { "EzAudit.Tests", "EzAudit.Benchmarks" });
    }

    private static List<string> References(string project) => XDocument.Load(project)
        .Descendants("ProjectReference")
        .Select(element => element.Attribute("Include")!.Value.Replace('\\', '/').Split('/')[^1])
        .ToList();
}
