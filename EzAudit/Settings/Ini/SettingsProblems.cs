using EzAudit.Records;

namespace EzAudit.Settings.Ini;

/// <summary>Collects the problems of one reading of the settings, from the files down to the routes built from them.</summary>
internal sealed class SettingsProblems
{
    private readonly List<AuditSettingsProblem> _problems = [];

    /// <summary>All problems, without duplicates.</summary>
    public IReadOnlyList<AuditSettingsProblem> All => [.. _problems.Distinct()];

    public int ErrorCount => _problems.Count(problem => !problem.IsWarning);

    public bool HasErrors => _problems.Exists(problem => !problem.IsWarning);

    public void Add(AuditSettingsProblem problem) => _problems.Add(problem);

    public void Add(SettingsPlace place, string found, string expected) => _problems.Add(place.Error(found, expected));

    public void Warn(SettingsPlace place, string found, string expected) => _problems.Add(place.Warning(found, expected));

    /// <summary>Sorts by file, in the given order, and then by line. Problems that concern no file come first.</summary>
    public void SortBy(IEnumerable<string> files)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string file in files) order.TryAdd(file, order.Count);
        AuditSettingsProblem[] sorted = [.. _problems.OrderBy(problem => order.GetValueOrDefault(problem.File, -1)).ThenBy(problem => problem.Line)];
        _problems.Clear();
        _problems.AddRange(sorted);
    }
}
