using System.Reflection;
using System.Text.RegularExpressions;
using EzAudit.Records;
using EzAudit.Tests.Plugins;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.AspNetCore;

/// <summary>Checks docs/events.md against the functions and the tests that it names.</summary>
[TestClass]
public sealed partial class EventsPageTests
{
    private static readonly string[] Ways = ["automatic", "by attribute", "by call"];

    private static readonly List<Row> Rows = [.. RowLine().Matches(File.ReadAllText(Repository.PathOf("docs", "events.md"))).Select(Row.Of)];

    [TestMethod]
    public void AllOfEnterpriseTestersEventsAreListedInOrder() => CollectionAssert.AreEqual(
        Enumerable.Range(1, 41).ToArray(),
        Rows.Select(row => Number().Match(row.Event)).Where(match => match.Success).Select(match => int.Parse(match.Value, null)).ToArray());

    [TestMethod]
    public void EachNamesAFunctionWithItsFieldsAndAWay()
    {
        Dictionary<string, AuditFunction> functions = PluginWriter.All.ToDictionary(function => function.Name);
        foreach (Row row in Rows)
        {
            Assert.IsTrue(functions.TryGetValue(row.Function, out AuditFunction? function), row.Function);
            Assert.AreEqual(string.Join(", ", function.Fields), row.Fields, row.Function);
            Assert.Contains(row.Way, Ways, row.Event);
        }
    }

    [TestMethod]
    public void TheTestsThatItNamesExist()
    {
        HashSet<string> tests = typeof(EventsPageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<TestMethodAttribute>() is not null)
            .Select(method => method.Name)
            .ToHashSet();
        string[] missing = [.. Rows.SelectMany(row => row.Tests).Where(test => !tests.Contains(test))];
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    [TestMethod]
    public void EachSecurityEventHasATest()
    {
        string[] categories = ["access", "account", "authentication", "group", "password", "permission", "session"];
        HashSet<string> ofSecurity = PluginWriter.Functions.Where(function => categories.Contains(function.Category)).Select(function => function.Name).ToHashSet();
        string[] untested = [.. Rows.Where(row => ofSecurity.Contains(row.Function) && row.Tests.Count == 0).Select(row => row.Event)];
        Assert.IsEmpty(untested, string.Join(", ", untested));
    }

    [TestMethod]
    public void TheSampleSaysWhichFunctionsOnlyTheApplicationCalls()
    {
        HashSet<string> marked = CalledInTheSample();
        ILookup<string, string> ways = Rows.ToLookup(row => row.Function, row => row.Way);
        string[] byCall = [.. ways.Where(function => function.All(way => way == "by call")).Select(function => function.Key)];

        Assert.IsEmpty(byCall.Except(marked), "not marked in audit.ini.sample");
        Assert.IsEmpty(marked.Where(function => ways[function].Any(way => way != "by call")), "marked, but recorded without a call");
    }

    // A comment applies to the lines below it, up to the next comment.
    private static HashSet<string> CalledInTheSample()
    {
        var called = new HashSet<string>();
        bool isCalled = false;
        foreach (string line in File.ReadLines(Repository.PathOf("audit.ini.sample")))
        {
            if (line.StartsWith('#')) isCalled = line.Contains("the application calls them", StringComparison.Ordinal);
            else if (isCalled && FunctionLine().Match(line) is { Success: true } function) called.Add(function.Groups[1].Value);
        }
        return called;
    }

    [GeneratedRegex(@"^AuditFileNames\[([a-z-]+)\]=")]
    private static partial Regex FunctionLine();

    [GeneratedRegex(@"^\| (?<event>[^|]+) \| `(?<function>[\w-]+)` \| (?<way>[^|]+) \| [^|]+ \| (?<fields>[^|]*) \| (?<tests>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex RowLine();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    private sealed record Row(string Event, string Function, string Way, string Fields, IReadOnlyList<string> Tests)
    {
        public static Row Of(Match match) => new(
            match.Groups["event"].Value,
            match.Groups["function"].Value,
            match.Groups["way"].Value,
            match.Groups["fields"].Value,
            [.. Word().Matches(match.Groups["tests"].Value).Select(word => word.Value)]);
    }
}
