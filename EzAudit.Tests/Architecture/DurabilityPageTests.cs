using System.Reflection;
using System.Text.RegularExpressions;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>Checks docs/durability.md against the tests that it names.</summary>
[TestClass]
public sealed partial class DurabilityPageTests
{
    private const int LastRow = 87;
    private const string NoTest = "No test: ";

    private static readonly List<Row> Rows = [.. RowLine().Matches(File.ReadAllText(Repository.PathOf("docs", "durability.md"))).Select(Row.Of)];

    private static readonly ILookup<string, int> MarkedTests = typeof(DurabilityPageTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<TestMethodAttribute>() is not null)
        .Select(method => (Name: NameOf(method), Rows: method.GetCustomAttribute<FaultAttribute>()?.Rows ?? []))
        .SelectMany(test => test.Rows, (test, row) => (test.Name, Row: row))
        .Distinct()
        .ToLookup(mark => mark.Name, mark => mark.Row);

    [TestMethod]
    public void EveryFaultHasItsRow() => CollectionAssert.AreEqual(Enumerable.Range(1, LastRow).ToArray(), Rows.Select(row => row.Number).ToArray());

    [TestMethod]
    public void EveryTestThatARowNamesIsMarkedWithIt()
    {
        string[] unmarked = [.. Rows.SelectMany(row => row.Tests.Where(test => !MarkedTests[test].Contains(row.Number)).Select(test => $"{row.Number}: {test}"))];
        Assert.IsEmpty(unmarked, $"no such test, or one without [Fault(ROW)]: {string.Join(", ", unmarked)}");
    }

    [TestMethod]
    public void EveryMarkBelongsToARowWithTests()
    {
        HashSet<int> tested = Rows.Where(row => row.Tests.Count > 0).Select(row => row.Number).ToHashSet();
        string[] stray = [.. MarkedTests.SelectMany(test => test.Where(row => !tested.Contains(row)).Select(row => $"{test.Key}: {row}"))];
        Assert.IsEmpty(stray, string.Join(", ", stray));
    }

    [TestMethod]
    public void ARowWithoutATestSaysWhy()
    {
        Row[] silent = [.. Rows.Where(row => row.Tests.Count == 0 && !(row.Proof.StartsWith(NoTest, StringComparison.Ordinal) && row.Proof.EndsWith('.')))];
        Assert.IsEmpty(silent, string.Join(", ", silent.Select(row => row.Number)));
    }

    // Contract tests live in a base class, which may be generic.
    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name.Split('`')[0]}.{method.Name}";

    [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \| [^|]+ \| (?<proof>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex RowLine();

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex TestName();

    private sealed record Row(int Number, string Proof, IReadOnlyList<string> Tests)
    {
        public static Row Of(Match match) => new(
            int.Parse(match.Groups["number"].Value, null),
            match.Groups["proof"].Value,
            [.. TestName().Matches(match.Groups["proof"].Value).Select(test => test.Groups[1].Value)]);
    }
}
