using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Plugins;

/// <summary>docs/functions.md against the definitions that it shows.</summary>
[TestClass]
public sealed class FunctionsPageTests
{
    /// <summary>With <c>1</c> in it, the page is written anew.</summary>
    private const string Approve = "EZAUDIT_APPROVE";

    [TestMethod]
    public void ThePageShowsTheDefinitions()
    {
        string file = Repository.PathOf("docs", "functions.md");
        string page = Page();
        if (Environment.GetEnvironmentVariable(Approve) == "1") File.WriteAllText(file, page);

        Assert.AreEqual(page, File.ReadAllText(file), $"The definitions changed. {Approve}=1 dotnet test EzAudit.Tests --filter {nameof(FunctionsPageTests)} writes the page anew.");
    }

    private static string Page() =>
        "# The built-in functions\n\n"
        + "Those of EzAudit.Plugins, and those by which EzAudit records itself. Made from the definitions; a test holds both together.\n"
        + "A definition writes nothing: a line `AuditFileNames[NAME]=FILE` in audit.ini does.\n"
        + "Severities are syslog's; \"fails\" marks those whose act failed. ECS is category/types of version 8, OCSF class:activity of version 1.8.\n"
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
