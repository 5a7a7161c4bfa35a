using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>Reads the sections <c>[Target-NAME]</c> and <c>[Format-NAME]</c>.</summary>
internal sealed class ComponentSections
{
    public const string FileTarget = "file";
    public const string ClassicFormat = "classic";
    private const string TypeKey = "Type";
    private const string FormatKey = "Format";
    private const string RequiredKey = "Required";

    private static readonly SettingsPlace BuiltIn = new("built-in", 0);

    private readonly MergedIni _audit;
    private readonly ProblemList _problems;

    public ComponentSections(MergedIni audit, SettingsVocabulary vocabulary, ProblemList problems)
    {
        _audit = audit;
        _problems = problems;
        Formats = Read(SettingsSchema.FormatPrefix, ClassicFormat, vocabulary.FormatTypes);
        // A format whose type requires no keys needs no section.
        foreach ((string type, IReadOnlyList<string> keys) in vocabulary.FormatTypes)
        {
            if (keys.Count == 0) Formats.TryAdd(type, Empty(type));
        }
        Targets = Read(SettingsSchema.TargetPrefix, FileTarget, vocabulary.TargetTypes);
    }

    public Dictionary<string, ComponentSection> Targets { get; }

    public Dictionary<string, ComponentSection> Formats { get; }

    /// <summary>The format that a section names; <see langword="null"/> if it names no known one.</summary>
    public string? ReadFormatName(SectionValues values)
    {
        if (!values.TryText(FormatKey, out Located<string>? name)) return null;
        if (Formats.ContainsKey(name.Value)) return name.Value;
        _problems.Add(name.Place, $"format {Quoted.Text(name.Value)}", $"{Quoted.Choice(Formats.Keys)}, or a section {Quoted.Text($"[Format-{name.Value}]")}");
        return null;
    }

    private Dictionary<string, ComponentSection> Read(string prefix, string builtIn, IReadOnlyDictionary<string, IReadOnlyList<string>> types)
    {
        var parts = new Dictionary<string, ComponentSection>(StringComparer.Ordinal) { [builtIn] = Empty(builtIn) };
        foreach (Located<string> section in _audit.Sections)
        {
            if (!section.Value.StartsWith(prefix, StringComparison.Ordinal)) continue;
            string name = section.Value[prefix.Length..];
            // Also if the type is wrong, so that lines that refer to the component are not reported too.
            if (name.Length > 0) parts[name] = ReadPart(section, ReadType(section, name == builtIn ? [builtIn] : [builtIn, .. types.Keys]));
        }
        return parts;
    }

    private string ReadType(Located<string> section, IReadOnlyCollection<string> types)
    {
        var values = new SectionValues(_audit, section.Value, _problems);
        if (values.Find(TypeKey) is null) _problems.Add(section.Place, $"{Quoted.Text($"[{section.Value}]")} without {TypeKey}", $"{TypeKey}= followed by {Quoted.Choice(types.Distinct())}");
        if (!values.TryText(TypeKey, out Located<string>? type)) return "";
        if (!types.Contains(type.Value)) _problems.Add(type.Place, $"type {Quoted.Text(type.Value)}", $"{Quoted.Choice(types.Distinct())}; plugins of [PluginSettings] bring others");
        return type.Value;
    }

    private ComponentSection ReadPart(Located<string> section, string type)
    {
        var values = new SectionValues(_audit, section.Value, _problems);
        var texts = new Dictionary<string, Located<string>>(StringComparer.Ordinal);
        var arrays = new Dictionary<string, IReadOnlyList<IniEntry>>(StringComparer.Ordinal);
        foreach ((string key, IniValue value) in _audit.KeysOf(section.Value))
        {
            if (key == TypeKey) continue;
            bool isFormat = key == FormatKey && section.Value.StartsWith(SettingsSchema.TargetPrefix, StringComparison.Ordinal);
            if (isFormat && ReadFormatName(values) is null) continue;
            if (value.Text is not null && values.TryText(key, out Located<string>? text)) texts[key] = Checked(section, text);
            else if (value.Text is null) arrays[key] = [.. value.Entries];
        }
        return new ComponentSection(type, texts, arrays, section.Place) { IsRequired = ReadRequired(values) };
    }

    // A pattern may well contain quotes and signs of all kinds; the host or file of a target does not.
    private Located<string> Checked(Located<string> section, Located<string> text)
    {
        if (section.Value.StartsWith(SettingsSchema.TargetPrefix, StringComparison.Ordinal)) PlainText.Check(_problems, text, Quoted.Text(text.Value), PlainText.Value);
        return text;
    }

    private static bool ReadRequired(SectionValues values) =>
        !values.Section.StartsWith(SettingsSchema.TargetPrefix, StringComparison.Ordinal) || values.Read(RequiredKey, ValueRules.Required, absent: true);

    private static ComponentSection Empty(string type) =>
        new(type, new Dictionary<string, Located<string>>(), new Dictionary<string, IReadOnlyList<IniEntry>>(), BuiltIn);
}
