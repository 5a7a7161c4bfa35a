using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using NodaTime;

namespace EzAudit.Settings.Sections;

/// <summary>Reads the legal holds: the sections <c>[Hold-NAME]</c>.</summary>
internal sealed class HoldSections(MergedIni audit, SettingsProblems problems)
{
    private const string Example = "at least one line such as Functions[]=user-login, or Functions[]=* for all";

    /// <param name="fileNames">The log files of the functions.</param>
    public IReadOnlyList<HoldSettings> Read(IReadOnlyDictionary<string, LocatedText> fileNames)
    {
        var holds = new List<HoldSettings>();
        foreach (LocatedText section in audit.Sections)
        {
            if (!section.Value.StartsWith(SettingsSchema.HoldPrefix, StringComparison.Ordinal)) continue;
            string name = section.Value[SettingsSchema.HoldPrefix.Length..];
            if (name.Length > 0) holds.Add(ReadHold(name, section, fileNames));
        }
        return holds;
    }

    private HoldSettings ReadHold(string name, LocatedText section, IReadOnlyDictionary<string, LocatedText> fileNames)
    {
        var values = new SectionValues(audit, section.Value, problems);
        return new HoldSettings
        {
            Name = name,
            Functions = ReadFunctions(values, section, fileNames),
            Fields = ReadFields(values),
            Until = ReadUntil(values),
            Reason = ReadReason(values, section),
        };
    }

    // A hold without functions would hold nothing, and nobody would notice before the records are gone.
    private List<string> ReadFunctions(SectionValues values, LocatedText section, IReadOnlyDictionary<string, LocatedText> fileNames)
    {
        var functions = new List<string>();
        IniValue? set = values.Find("Functions");
        if (set is null) problems.Add(section.Place, $"{Quoted.Text($"[{section.Value}]")} without Functions", Example);
        if (!values.TryEntries("Functions", out IReadOnlyList<LocatedText>? entries)) return functions;
        if (entries.Count == 0) problems.Add(set!.Place, "no function", Example);
        foreach (LocatedText entry in entries)
        {
            bool isKnown = entry.Value == HoldSettings.AllFunctions || fileNames.ContainsKey(entry.Value) || fileNames.ContainsKey(HoldSettings.AllFunctions);
            if (entry.Value != HoldSettings.AllFunctions && !AuditFunctionName.IsValid(entry.Value))
                problems.Add(entry.Place, $"function {Quoted.Text(entry.Value)}", $"{AuditFunctionName.Expected}; or \"*\" for all functions");
            else if (!isKnown)
                problems.Warn(entry.Place, $"function {Quoted.Text(entry.Value)} without a file name for it", $"AuditFileNames[NAME]=FILE in [{SettingsSchema.Audit}]");
            if (!functions.Contains(entry.Value)) functions.Add(entry.Value);
        }
        return functions;
    }

    private List<HeldField> ReadFields(SectionValues values)
    {
        var fields = new List<HeldField>();
        if (!values.TryEntries("Fields", out IReadOnlyList<LocatedText>? entries)) return fields;
        foreach (LocatedText entry in entries)
        {
            string[] parts = entry.Value.Split('=', 2);
            if (entry.Name is not null || parts is not ([{ Length: > 0 }, _]))
                problems.Add(entry.Place, entry.Name is null ? $"field {Quoted.Text(entry.Value)}" : $"field {Quoted.Text($"[{entry.Name}]={entry.Value}")}", "a field and its value: Fields[]=NAME=VALUE");
            else if (!fields.Contains(new HeldField(parts[0], parts[1]))) fields.Add(new HeldField(parts[0], parts[1]));
        }
        return fields;
    }

    private static LocalDate? ReadUntil(SectionValues values) =>
        values.TryText("Until", out LocatedText? text) && text.Value.Length > 0 ? values.Read<LocalDate?>("Until", ValueRules.Date, null) : null;

    private string ReadReason(SectionValues values, LocatedText section)
    {
        if (values.Find("Reason") is null) problems.Add(section.Place, $"{Quoted.Text($"[{section.Value}]")} without Reason", "Reason= followed by why the records are held");
        if (!values.TryText("Reason", out LocatedText? text)) return "";
        if (string.IsNullOrWhiteSpace(text.Value)) problems.Add(text.Place, Quoted.Text(text.Value), "why the records are held");
        return text.Value;
    }
}
