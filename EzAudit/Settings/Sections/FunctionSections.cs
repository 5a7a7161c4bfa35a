using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>Reads <c>[FunctionDefaults]</c> and the sections <c>[Function-NAME]</c>.</summary>
internal sealed class FunctionSections(MergedIni audit, ComponentSections components, SettingsProblems problems)
{
    private static readonly Dictionary<string, ExtraField> ExtraFieldNames = new(StringComparer.Ordinal)
    {
        ["session"] = ExtraField.Session, ["trace"] = ExtraField.Trace, ["thread"] = ExtraField.Thread, ["process"] = ExtraField.Process,
    };

    public FunctionSettings ReadDefaults() => Read(SettingsSchema.FunctionDefaults, new FunctionSettings());

    public IReadOnlyDictionary<string, FunctionSettings> ReadFunctions(FunctionSettings defaults, IReadOnlyDictionary<string, LocatedText> fileNames)
    {
        var functions = new Dictionary<string, FunctionSettings>(StringComparer.Ordinal);
        foreach (LocatedText section in audit.Sections)
        {
            if (!section.Value.StartsWith(SettingsSchema.FunctionPrefix, StringComparison.Ordinal)) continue;
            string name = section.Value[SettingsSchema.FunctionPrefix.Length..];
            if (name.Length == 0) continue;
            if (!AuditFunctionName.IsValid(name)) problems.Add(section.Place, $"function {Quoted.Text(name)}", AuditFunctionName.Expected);
            else if (!fileNames.ContainsKey(name) && !fileNames.ContainsKey("*"))
            {
                problems.Warn(section.Place, $"{Quoted.Text($"[{section.Value}]")} without a file name for it", $"AuditFileNames[NAME]=FILE in [{SettingsSchema.Audit}]");
            }
            functions[name] = Read(section.Value, defaults);
        }
        return functions;
    }

    private FunctionSettings Read(string section, FunctionSettings defaults)
    {
        var values = new SectionValues(audit, section, problems);
        return new FunctionSettings
        {
            Durability = values.Read("Durability", ValueRules.Durability, defaults.Durability),
            OnFailure = values.Read("OnFailure", ValueRules.OnFailure, defaults.OnFailure),
            WriteTimeout = values.Read("WriteTimeout", ValueRules.Duration, defaults.WriteTimeout),
            Format = components.ReadFormatName(values) ?? defaults.Format,
            Targets = ReadTargets(values, "Targets", mayBeEmpty: false) ?? defaults.Targets,
            Fallback = ReadTargets(values, "Fallback", mayBeEmpty: true) ?? defaults.Fallback,
            ExtraFields = ReadExtraFields(values) ?? defaults.ExtraFields,
            Redact = values.ReadList("Redact", defaults.Redact),
        };
    }

    private List<ExtraField>? ReadExtraFields(SectionValues values)
    {
        if (!values.TryEntries("ExtraFields", out IReadOnlyList<LocatedText>? entries)) return null;
        var extras = new List<ExtraField>();
        foreach (LocatedText entry in entries)
        {
            if (!ExtraFieldNames.TryGetValue(entry.Value, out ExtraField extra)) problems.Add(entry.Place, $"extra field {Quoted.Text(entry.Value)}", Quoted.Choice(ExtraFieldNames.Keys));
            else if (!extras.Contains(extra)) extras.Add(extra);
        }
        return extras;
    }

    private List<string>? ReadTargets(SectionValues values, string key, bool mayBeEmpty)
    {
        if (!values.TryEntries(key, out IReadOnlyList<LocatedText>? entries)) return null;
        if (entries.Count == 0 && !mayBeEmpty) problems.Add(values.Find(key)!.Place, "no target", "at least one line such as Targets[]=file");
        var targets = new List<string>();
        foreach (LocatedText entry in entries)
        {
            if (!components.Targets.ContainsKey(entry.Value)) problems.Add(entry.Place, $"target {Quoted.Text(entry.Value)}", $"{Quoted.Choice(components.Targets.Keys)}, or a section {Quoted.Text($"[Target-{entry.Value}]")}");
            else if (!targets.Contains(entry.Value)) targets.Add(entry.Value);
        }
        return targets;
    }
}
