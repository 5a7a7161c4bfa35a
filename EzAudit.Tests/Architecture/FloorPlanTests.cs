using System.Reflection;
using System.Text.RegularExpressions;
using EzAudit.Cli;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>The folders of every project are floors: each names only those below it, so folders never form a cycle.</summary>
[TestClass]
public sealed partial class FloorPlanTests
{
    private static readonly FloorPlan Core = new(
        "EzAudit",
        "Hosting", "",
        "Recovery", "Erasing", "Inspection",
        "Reading.Following", "Reading", "Reading.Scanning", "Reading.Grouping", "Reading.Matching", "Reading.Files",
        "Writing.Building", "Writing", "Writing.Background",
        "Spooling", "Spooling.Entries",
        "Sealing.Comparing", "Sealing.Erasing", "Sealing.Proving", "Sealing.Verifying", "Sealing", "Sealing.Anchors", "Sealing.Ledger", "Sealing.Keys", "Sealing.Notes", "Sealing.Tree",
        "Formats", "Formats.Schema", "Formats.RecordDiff", "Formats.Pattern", "Formats.Json", "Formats.Classic", "Formats.InPlace", "Formats.Output", "Formats.Secrets",
        "Extensibility",
        "Storage.Appending", "Storage.Rewriting", "Storage.Rotating", "Storage.Content", "Storage.Platform", "Storage.Windows", "Storage.MacOS", "Storage.Linux", "Storage",
        "Settings.Sections", "Settings.Sources", "Settings.Schema", "Settings.Model", "Settings.Ini",
        "Records");

    private static readonly FloorPlan[] Plans =
    [
        Core,
        new("EzAudit.Plugins", "", "Targets", "Definitions"),
        new("EzAudit.Syslog", "", "Sending", "Frames", "Settings", "Text"),
        new("EzAudit.PostgreSql", "", "Verifying", "Reading", "Sending", "Schema", "Text"),
        new("EzAudit.Nats", "", "Reading", "Sending", "Connecting", "Messages", "Settings"),
        new("EzAudit.Collector", "Hosting", "", "Letters"),
        new("EzAudit.AspNetCore", "Hosting", "", "Views", "Requests", "Identity", "Authorization", "Authentication", "Sessions", "Security"),
        new("EzAudit.EntityFrameworkCore", "Services", "Commands", "Saving", "Transactions", "Mapping", "Changes", "Plans", "Outbox", "Sql", ""),
        new("EzAudit.Cli", "", "Commands", "Report", "Collecting", "Asking", "Tooling", "Output"),
    ];

    private static readonly FloorPlan Model = new("EzAudit.Tests.Architecture.Model", "Upper", "Lower");

    private static IEnumerable<Type> ModelTypes =>
        typeof(FloorPlanTests).Assembly.GetTypes().Where(type => Model.FloorOf(type.Namespace) is not null);

    [TestMethod]
    public void NoFloorNamesAHigherOne() => Violations.AssertNone(Plans.SelectMany(plan => plan.Violations(TypesOf(plan))));

    [TestMethod]
    public void NoFileNamesAHigherFloorInItsText()
    {
        // Constants and nameof leave no trace in IL; the text shows them.
        var violations = new List<string>();
        foreach (FloorPlan plan in Plans)
        {
            foreach (string file in Repository.SourceFiles(plan.Root))
            {
                string source = SourceText.WithoutCommentsAndStrings(File.ReadAllText(file));
                string name = NamespaceLine().Match(source).Groups[1].Value;
                if (plan.FloorOf(name) is not { } floor) continue;
                violations.AddRange(UsingLine().Matches(source).Select(match => match.Groups[1].Value)
                    .Where(used => plan.FloorOf(used) is { } other && other < floor)
                    .Select(used => $"{Path.GetRelativePath(Repository.Root, file)} names {used}"));
            }
        }
        Violations.AssertNone(violations);
    }

    [TestMethod]
    public void EveryFloorOfAPlanIsAFolder() => Violations.AssertNone(
        Plans.SelectMany(plan => plan.Empty(TypesOf(plan)).Select(floor => $"{plan.Root}: nothing lives in \"{floor}\"")));

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
        new[] { "EzAudit.Tests.Architecture.FloorPlanTests has no floor" },
        Model.Violations([typeof(FloorPlanTests)]).ToArray());

    private static IEnumerable<Type> TypesOf(FloorPlan plan) => Assembly.Load(plan.Root == "EzAudit.Cli" ? typeof(Tool).Assembly.GetName() : new AssemblyName(plan.Root)).GetTypes()
        .Where(type => type.Namespace == plan.Root || type.Namespace?.StartsWith(plan.Root + ".", StringComparison.Ordinal) == true);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static |\w+ = )?(EzAudit[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
