using System.Text.RegularExpressions;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>How source files are laid out, in every project.</summary>
[TestClass]
public sealed partial class SourceRulesTests
{
    // Where .NET developers look for AddX(...), UseX() and the like: by their folder they would not be found.
    private static readonly string[] PlatformNamespaces =
        ["Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.EntityFrameworkCore"];

    private static readonly string[] Projects = ["EzAudit", "EzAudit.Plugins", "EzAudit.AspNetCore", "EzAudit.EntityFrameworkCore", "EzAudit.Cli", "EzAudit.Tests", "samples"];

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
            string wanted = folder.Replace("samples" + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(Path.DirectorySeparatorChar, '.');
            if (found != wanted) violations.Add($"{Path.GetRelativePath(Repository.Root, file)}: found namespace {found}, wanted {wanted}");
        }
        Assert.IsEmpty(violations, string.Join('\n', violations));
    }

    [TestMethod]
    public void AFileHoldsOneTypeAndIsNamedLikeIt()
    {
        var violations = new List<string>();
        foreach (string file in Files)
        {
            List<string> types = TopLevelTypes(File.ReadAllText(file));
            string name = Path.GetFileNameWithoutExtension(file).Split('.')[0];
            if (types.Count > 1 || (types.Count == 1 && types[0] != name))
                violations.Add($"{Path.GetRelativePath(Repository.Root, file)}: found {string.Join(", ", types)}, wanted {name}");
        }
        Assert.IsEmpty(violations, string.Join('\n', violations));
    }

    [TestMethod]
    public void TwoTypesInAFileAreFound() => CollectionAssert.AreEqual(
        new[] { "A", "B", "C", "D" },
        TopLevelTypes("namespace X;\n\npublic sealed record A(int N);\ninternal readonly ref struct B\n{\n    class Nested;\n}\nfile interface C;\npublic delegate void D<T>(T x);\n"));

    private static List<string> TopLevelTypes(string source) =>
        TypeLine().Matches(SourceText.WithoutCommentsAndStrings(source)).Select(match => match.Groups[1].Value).ToList();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    // File-scoped namespaces: what is no member starts its line.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe) )*(?:class|struct|interface|enum|record struct|record class|record|delegate [\w<>.?\[\]]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
