using System.Text.RegularExpressions;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>How source files are laid out, in every project.</summary>
[TestClass]
public sealed partial class SourceRulesTests
{
    // Where .NET developers look for AddX(...), UseX() and the like; they would not find them in a namespace of ours.
    private static readonly string[] PlatformNamespaces =
        ["Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.EntityFrameworkCore"];

    private static readonly string[] Projects = ["EzAudit", "EzAudit.Plugins", "EzAudit.Syslog", "EzAudit.PostgreSql", "EzAudit.Nats", "EzAudit.Collector", "EzAudit.AspNetCore", "EzAudit.EntityFrameworkCore", "EzAudit.Cli", "EzAudit.Tests", "samples"];

    // Small types live with the type that uses them: a folder of forty tiny files hides its architecture.
    private const int LongestSatellite = 30;

    private static IEnumerable<string> Files => Projects.SelectMany(Repository.SourceFiles);

    [TestMethod]
    public void TheNamespaceIsTheFolder()
    {
        var violations = new List<string>();
        foreach (string file in Files)
        {
            string found = NamespaceLine().Match(File.ReadAllText(file)).Groups[1].Value;
            if (found.Length == 0 || PlatformNamespaces.Contains(found)) continue;
            string folder = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!);
            string expected = folder.Replace("samples" + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(Path.DirectorySeparatorChar, '.');
            if (found != expected) violations.Add($"{Path.GetRelativePath(Repository.Root, file)}: found namespace {found}, expected {expected}");
        }
        Violations.AssertNone(violations);
    }

    [TestMethod]
    public void AFileIsNamedAfterItsFirstTypeAndHoldsBesideItOnlySmallOnes()
    {
        var violations = new List<string>();
        foreach (string file in Files)
        {
            string[] lines = SourceText.WithoutCommentsAndStrings(File.ReadAllText(file)).Split('\n');
            List<int> starts = Enumerable.Range(0, lines.Length).Where(line => TypeLine().IsMatch(lines[line])).ToList();
            if (starts.Count == 0) continue;
            string path = Path.GetRelativePath(Repository.Root, file);
            string first = TypeLine().Match(lines[starts[0]]).Groups[1].Value;
            if (first != Path.GetFileNameWithoutExtension(file).Split('.')[0]) violations.Add($"{path}: its first type is {first}");
            foreach (int start in starts.Skip(1))
            {
                int end = starts.FirstOrDefault(other => other > start, lines.Length);
                int length = lines[start..end].Count(line => !string.IsNullOrWhiteSpace(line));
                if (length > LongestSatellite) violations.Add($"{path}: {TypeLine().Match(lines[start]).Groups[1].Value} has {length} lines and needs a file of its own");
            }
        }
        Violations.AssertNone(violations);
    }

    [TestMethod]
    public void EveryKindOfTypeIsFound() => CollectionAssert.AreEqual(
        new[] { "A", "B", "C", "D" },
        TopLevelTypes("namespace X;\n\npublic sealed record A(int N);\ninternal readonly ref struct B\n{\n    class Nested;\n}\nfile interface C;\npublic delegate void D<T>(T x);\n"));

    private static List<string> TopLevelTypes(string source) =>
        TypeLine().Matches(SourceText.WithoutCommentsAndStrings(source)).Select(match => match.Groups[1].Value).ToList();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    // Namespaces are file-scoped, so only top-level types start at the beginning of a line.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe) )*(?:class|struct|interface|enum|record struct|record class|record|delegate [\w<>.?\[\]]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
