using System.Text.RegularExpressions;
using EzAudit.Extensibility;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>The folders of the core are floors: each names only those below it.</summary>
[TestClass]
public sealed partial class FloorPlanTests
{
    private static readonly FloorPlan Core = new(
        "EzAudit", "Recovery", "Inspection", "Reading", "Composition", "Routing", "Targets", "Sealing", "Formats", "Extensibility", "Storage", "Settings", "Records");

    private static readonly FloorPlan Model = new("EzAudit.Tests.Architecture.Model", "Upper", "Lower");

    private static IEnumerable<Type> CoreTypes => typeof(IAuditPlugin).Assembly.GetTypes().Where(WrittenTypes.Contain);

    private static IEnumerable<Type> ModelTypes =>
        typeof(FloorPlanTests).Assembly.GetTypes().Where(type => Model.FloorOf(type.Namespace) is not null);

    [TestMethod]
    public void NoFloorNamesAHigherOne() => Assert.IsEmpty(Core.Violations(CoreTypes), string.Join('\n', Core.Violations(CoreTypes)));

    [TestMethod]
    public void NoFileNamesAHigherFloorInItsText()
    {
        // Constants and nameof leave no trace in IL; the text shows them.
        var violations = new List<string>();
        foreach (string file in Repository.SourceFiles("EzAudit"))
        {
            string source = SourceText.WithoutCommentsAndStrings(File.ReadAllText(file));
            string name = NamespaceLine().Match(source).Groups[1].Value;
            if (Core.FloorOf(name) is not { } floor) continue;
            violations.AddRange(QualifiedName().Matches(source)
                .Where(match => Core.FloorOf(match.Value) is { } other && other >= 0 && other < floor)
                .Select(match => $"{Path.GetRelativePath(Repository.Root, file)} names {match.Value}"));
        }
        Assert.IsEmpty(violations, string.Join('\n', violations));
    }

    [TestMethod]
    public void ALowerFloorThatNamesAHigherOneIsFound() => CollectionAssert.AreEqual(
        new[]
        {
            "EzAudit.Tests.Architecture.Model.Lower.NamesItInABody names EzAudit.Tests.Architecture.Model.Upper.Roof",
            "EzAudit.Tests.Architecture.Model.Lower.NamesItInALambda names EzAudit.Tests.Architecture.Model.Upper.Roof",
            "EzAudit.Tests.Architecture.Model.Lower.NamesItInASignature names EzAudit.Tests.Architecture.Model.Upper.Tile",
        },
        Model.Violations(ModelTypes).ToArray());

    [TestMethod]
    public void ATypeOnNoFloorIsFound() => CollectionAssert.AreEqual(
        new[] { "EzAudit.Tests.Architecture.FloorPlanTests stands on no floor" },
        Model.Violations([typeof(FloorPlanTests)]).ToArray());

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bEzAudit(\.\w+)+")]
    private static partial Regex QualifiedName();
}
