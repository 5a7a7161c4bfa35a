using System.Globalization;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sources;

/// <summary>The highest layer: the host's configuration, treated as one more audit.ini and one more site.ini.</summary>
/// <remarks>The stamp stays equal while the configuration is unchanged.</remarks>
internal sealed record ConfigurationLayer(IniFile Audit, IniFile Site, string Stamp)
{
    /// <summary>The file name that problems show.</summary>
    public const string Name = "configuration";

    private static readonly SettingsPlace Place = new(Name);

    public static ConfigurationLayer Read(Func<IEnumerable<KeyValuePair<string, string?>>>? configuration)
    {
        var audit = new List<IniOperation>();
        var site = new List<IniOperation>();
        var problems = new List<IniProblem>();
        var stamp = new List<string>();
        foreach ((string path, string? value) in configuration?.Invoke() ?? [])
        {
            // A section of the configuration is a pair of its own, without a value.
            if (value is null) continue;
            stamp.Add($"{path.Length}:{path}={value.Length}:{value}");

            string[] parts = path.Split(':', 3);
            if (parts.Length < 2)
            {
                problems.Add(new IniProblem(null, Place.Error(Quoted.Text($"EzAudit:{path}"), "EzAudit:SECTION:KEY")));
                continue;
            }
            bool isSite = SettingsSchema.Find(SettingsSchema.SiteSections, parts[0], StringComparison.OrdinalIgnoreCase) is not null;
            (isSite ? site : audit).Add(Operation(isSite ? SettingsSchema.SiteSections : SettingsSchema.AuditSections, parts, value));
        }
        return new ConfigurationLayer(Layer(audit, problems), Layer(site, []), string.Join('\n', stamp));
    }

    // Configuration keys ignore case, and environment variables are often all upper case: this restores the correct names.
    private static IniOperation Operation(IReadOnlyList<SchemaSection> sections, string[] parts, string value)
    {
        string sectionName = parts[0];
        string key = parts[1];
        SettingKind kind = SettingKind.Text;
        if (SettingsSchema.Find(sections, sectionName, StringComparison.OrdinalIgnoreCase) is { } section)
        {
            sectionName = section.Correct(sectionName);
            if (section.Keys.Keys.FirstOrDefault(known => known.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                key = known;
                kind = section.Keys[known];
            }
        }
        if (parts.Length == 2) return new IniOperation(sectionName, key, null, value, Place);
        bool isAppend = kind != SettingKind.Map && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return new IniOperation(sectionName, key, isAppend ? "" : parts[2], value, Place);
    }

    private static IniFile Layer(List<IniOperation> operations, IReadOnlyList<IniProblem> problems)
    {
        IEnumerable<LocatedText> sections = operations.Select(operation => operation.Section).Distinct().Select(section => new LocatedText(section, Place));
        return new IniFile(Name, [.. sections], operations, problems);
    }
}
