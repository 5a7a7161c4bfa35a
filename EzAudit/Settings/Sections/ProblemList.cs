using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Sources;

namespace EzAudit.Settings.Sections;

/// <summary>Collects the problems of one check.</summary>
internal sealed class ProblemList(IEnumerable<AuditSettingsProblem> first)
{
    private readonly List<AuditSettingsProblem> _problems = [.. first];

    public bool HasErrors => _problems.Exists(problem => !problem.IsWarning);

    public void Add(SettingsPlace place, string found, string expected) => _problems.Add(new AuditSettingsProblem(place.File, place.Line, found, expected));

    public void Warn(SettingsPlace place, string found, string expected) =>
        _problems.Add(new AuditSettingsProblem(place.File, place.Line, found, expected) { IsWarning = true });

    /// <summary>In the order of the files, then of their lines; problems that concern no file come first.</summary>
    public IReadOnlyList<AuditSettingsProblem> InOrderOf(IReadOnlyList<string> files)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string file in files) order.TryAdd(file, order.Count);
        order[ConfigurationLayer.Name] = order.Count;
        return [.. _problems.Distinct().OrderBy(problem => order.GetValueOrDefault(problem.File, -1)).ThenBy(problem => problem.Line)];
    }
}
