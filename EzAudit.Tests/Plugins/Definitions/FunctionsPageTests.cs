using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Plugins.Definitions;

/// <summary>Compares docs/functions.md with the definitions of the functions.</summary>
[TestClass]
public sealed class FunctionsPageTests
{
    /// <summary>If this variable is <c>1</c>, the test regenerates the page.</summary>
    private const string Approve = "EZAUDIT_APPROVE";

    [TestMethod]
    public void ThePageShowsTheDefinitions()
    {
        string file = Repository.PathOf("docs", "functions.md");
        string page = Page();
        if (Environment.GetEnvironmentVariable(Approve) == "1") File.WriteAllText(file, page);

        Assert.AreEqual(page, File.ReadAllText(file), $"The definitions changed. {Approve}=1 dotnet test EzAudit.Tests --filter {nameof(FunctionsPageTests)} regenerates the page.");
    }

    private static string Page() =>
        "# The built-in functions\n\n"
        + "The functions of EzAudit.Plugins, and those that record events of EzAudit itself. Generated from the definitions; a test compares the two.\n"
        + "A definition alone writes nothing; a line `AuditFileNames[NAME]=FILE` in audit.ini turns a function on.\n"
        + "Severities are those of syslog; \"fails\" marks functions for acts that failed. ECS is category/types of version 8, OCSF is class:activity of version 1.8.\n"
        + string.Concat(PluginWriter.All.GroupBy(function => function.Category!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Section));

    private static string Section(IGrouping<string, AuditFunction> group) =>
        $"\n## {group.Key}\n\n| function | file | event word | fields | sentence | severity | ECS | OCSF |\n|---|---|---|---|---|---|---|---|\n"
        + string.Concat(group.OrderBy(function => function.Name, StringComparer.Ordinal).Select(Row));

    private static string Row(AuditFunction function)
    {
        string severity = function.Severity.ToString().ToLowerInvariant() + (function.Outcome == AuditOutcome.Failure ? ", fails" : "");
        return $"| `{function.Name}` | {function.DefaultFileName} | {function.EventName} | {string.Join(", ", function.Fields)} | {function.Sentence ?? "(its fields)"} "
            + $"| {severity} | {Ecs(function)} | {Ocsf(function)} |\n";
    }

    private static string Ecs(AuditFunction function)
    {
        IReadOnlyList<AuditMappedValue> values = function.Mappings.Single(mapping => mapping.Schema == AuditMapping.Ecs).Values;
        return $"{Text(values, "event.category[]")}/{Text(values, "event.type[]")}";
    }

    private static string Text(IEnumerable<AuditMappedValue> values, string path) =>
        string.Join(',', values.Where(value => value.Path == path).Select(value => value.Text));

    private static string Ocsf(AuditFunction function)
    {
        IReadOnlyList<AuditMappedValue> values = function.Mappings.Single(mapping => mapping.Schema == AuditMapping.Ocsf).Values;
        return string.Join(':', new[] { "class_uid", "activity_id" }.Select(path => values.Single(value => value.Path == path).Number!.Value.ToString(CultureInfo.InvariantCulture)));
    }
}
