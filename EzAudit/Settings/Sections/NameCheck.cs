using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sources;

namespace EzAudit.Settings.Sections;

/// <summary>Checks the names of sections and keys, line by line: an unknown one has no effect, whatever its author intended.</summary>
internal sealed class NameCheck(SettingsProblems problems, SettingsVocabulary vocabulary, MergedIni audit)
{
    /// <summary>Checks a layer of audit.ini.</summary>
    public void CheckAudit(IniFile file)
    {
        bool isConfiguration = file.Name == ConfigurationLayer.Name;
        foreach (LocatedText section in file.Sections) CheckAuditSection(section, isConfiguration);
        if (!isConfiguration) CheckOwnKeysElsewhere(file);
        foreach (IniOperation operation in file.Operations)
        {
            if (FindExact(vocabulary.AuditSections, operation.Section) is { } section) CheckKey(operation, KnownKeys(section, operation.Section));
        }
        if (!isConfiguration) RefuseUnlessEmpty(file, SettingsSchema.Audit);
    }

    /// <summary>Checks a layer of site.ini, most of which does not concern EzAudit: only a name that differs from a known one by case is an error.</summary>
    public void CheckSite(IniFile file)
    {
        foreach (LocatedText section in file.Sections) CheckCase(SettingsSchema.SiteSections, section);
        foreach (IniOperation operation in file.Operations)
        {
            if (FindExact(SettingsSchema.SiteSections, operation.Section) is not { } section) continue;
            bool isOurs = file.Name == ConfigurationLayer.Name || section.Keys.Keys.Any(key => key.Equals(operation.Key, StringComparison.OrdinalIgnoreCase));
            if (isOurs) CheckKey(operation, [.. section.Keys.Keys]);
        }
        RefuseUnlessEmpty(file, SettingsSchema.Files);
    }

    // A file with nothing but comments is a template, and a file with an error is already refused; in any other file, settings without a section have no effect.
    private void RefuseUnlessEmpty(IniFile file, string example)
    {
        bool isText = file.Sections.Count == 0 && file.Problems.Count > 0 && file.Problems.All(problem => problem.Problem.IsWarning);
        if (isText) problems.Add(new SettingsPlace(file.Name), "no section, so this file has no effect", $"a section such as [{example}]");
    }

    private void CheckAuditSection(LocatedText section, bool isConfiguration)
    {
        if (CheckCase(vocabulary.AuditSections, section)) return;
        string found = Quoted.Text($"[{section.Value}]");
        if (FindExact(vocabulary.AuditSections, section.Value) is { } known)
        {
            if (known.IsPrefix && section.Value.Length == known.Name.Length) problems.Add(section.Place, found, $"a name after it: {known.Title}");
        }
        else if (isConfiguration)
        {
            problems.Add(section.Place, found, $"a section that EzAudit knows: {Titles(vocabulary.AuditSections.Concat(SettingsSchema.SiteSections))}");
        }
        else if (section.Value.Contains("] ", StringComparison.Ordinal))
        {
            problems.Add(section.Place, found, "one section on a line");
        }
        else if (FindExact(SettingsSchema.SiteSections, section.Value) is not null)
        {
            problems.Warn(section.Place, found, "this section in site.ini; here it has no effect");
        }
        else
        {
            problems.Warn(section.Place, found, $"a section that EzAudit knows: {Titles(vocabulary.AuditSections)}");
        }
    }

    // In an unknown section, "Audit=enabled" turns nothing on: the name of the section is the mistake.
    private void CheckOwnKeysElsewhere(IniFile file)
    {
        foreach (IniOperation operation in file.Operations.DistinctBy(operation => operation.Section))
        {
            if (SettingsSchema.Find(vocabulary.AuditSections, operation.Section, StringComparison.OrdinalIgnoreCase) is not null) continue;
            IniOperation? own = file.Operations.FirstOrDefault(other => other.Section == operation.Section && SettingsSchema.IsAuditKey(other.Key));
            if (own is not null) problems.Add(own.Place, $"key {Quoted.Text(own.Key)} in {Quoted.Text($"[{own.Section}]")}", $"this key in [{SettingsSchema.Audit}]");
        }
    }

    private bool CheckCase(IReadOnlyList<SchemaSection> sections, LocatedText section)
    {
        if (FindExact(sections, section.Value) is not null) return false;
        if (SettingsSchema.Find(sections, section.Value, StringComparison.OrdinalIgnoreCase) is not { } meant) return false;
        problems.Add(section.Place, Quoted.Text($"[{section.Value}]"), Quoted.Text($"[{meant.Correct(section.Value)}]"));
        return true;
    }

    private void CheckKey(IniOperation operation, IReadOnlyCollection<string> known)
    {
        if (known.Contains(operation.Key)) return;
        string? meant = known.FirstOrDefault(key => key.Equals(operation.Key, StringComparison.OrdinalIgnoreCase));
        string expected = meant is null ? $"a key of [{operation.Section}]: {string.Join(", ", known)}" : Quoted.Text(meant);
        problems.Add(operation.Place, $"key {Quoted.Text(operation.Key)}", expected);
    }

    // The keys of a component depend on its type; without a known type, they cannot be checked.
    private IReadOnlyCollection<string> KnownKeys(SchemaSection section, string name)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>>? types = section.Name switch
        {
            SettingsSchema.TargetPrefix => vocabulary.TargetTypes,
            SettingsSchema.FormatPrefix => vocabulary.FormatTypes,
            SettingsSchema.AnchorPrefix => vocabulary.AnchorTypes,
            SettingsSchema.SignerPrefix => vocabulary.SignerTypes,
            _ => null,
        };
        if (types is null) return [.. section.Keys.Keys];
        string? type = audit.Find(name, "Type")?.Text?.Value;
        bool isKnown = type is not null && types.ContainsKey(type);
        IEnumerable<string> keys = isKnown ? types[type!] : types.Values.SelectMany(typeKeys => typeKeys).Concat(audit.KeysOf(name).Keys.Where(key => !IsCaseOf(section, key)));
        return [.. section.Keys.Keys.Concat(keys).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsCaseOf(SchemaSection section, string key) => section.Keys.Keys.Any(known => known.Equals(key, StringComparison.OrdinalIgnoreCase));

    private static SchemaSection? FindExact(IReadOnlyList<SchemaSection> sections, string name) => SettingsSchema.Find(sections, name, StringComparison.Ordinal);

    private static string Titles(IEnumerable<SchemaSection> sections) => string.Join(", ", sections.Select(section => section.Title));
}
