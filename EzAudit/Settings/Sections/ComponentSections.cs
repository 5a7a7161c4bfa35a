using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>Reads the sections of components: <c>[Target-NAME]</c>, <c>[Format-NAME]</c>, <c>[Anchor-NAME]</c>, <c>[Signer-NAME]</c>, and those that plugins define.</summary>
internal sealed class ComponentSections
{
    private const string TypeKey = "Type";
    private const string RequiredKey = "Required";

    private static readonly SettingsPlace BuiltIn = new("built-in");

    private readonly MergedIni _audit;
    private readonly SettingsProblems _problems;

    public ComponentSections(MergedIni audit, SettingsVocabulary vocabulary, SettingsProblems problems)
    {
        _audit = audit;
        _problems = problems;
        Formats = WithTypesOnly(Read(SettingsSchema.FormatPrefix, ComponentSection.ClassicFormat, vocabulary.FormatTypes), vocabulary.FormatTypes);
        Targets = Read(SettingsSchema.TargetPrefix, ComponentSection.FileTarget, vocabulary.TargetTypes);
        Anchors = WithTypesOnly(Read(SettingsSchema.AnchorPrefix, null, vocabulary.AnchorTypes), vocabulary.AnchorTypes);
        Signers = Read(SettingsSchema.SignerPrefix, null, vocabulary.SignerTypes);
    }

    public Dictionary<string, ComponentSection> Targets { get; }

    public Dictionary<string, ComponentSection> Formats { get; }

    public Dictionary<string, ComponentSection> Anchors { get; }

    public Dictionary<string, ComponentSection> Signers { get; }

    /// <summary>The format that a section names; <see langword="null"/> if it names no known one.</summary>
    public string? ReadFormatName(SectionValues values)
    {
        if (!values.TryText(ComponentSection.Format, out LocatedText? name)) return null;
        if (Formats.ContainsKey(name.Value)) return name.Value;
        _problems.Add(name.Place, $"format {Quoted.Text(name.Value)}", $"{Quoted.Choice(Formats.Keys)}, or a section {Quoted.Text($"[Format-{name.Value}]")}");
        return null;
    }

    /// <summary>Reads the sections that plugins define; one that no file contains is empty.</summary>
    public Dictionary<string, ComponentSection> ReadPluginSections(IEnumerable<SchemaSection> sections) =>
        sections.ToDictionary(section => section.Name, ReadPluginSection, StringComparer.Ordinal);

    private ComponentSection ReadPluginSection(SchemaSection section)
    {
        var values = new SectionValues(_audit, section.Name, _problems);
        var texts = new Dictionary<string, LocatedText>(StringComparer.Ordinal);
        var arrays = new Dictionary<string, IReadOnlyList<LocatedText>>(StringComparer.Ordinal);
        foreach ((string key, SettingKind kind) in section.Keys)
        {
            if (kind == SettingKind.Text && values.TryText(key, out LocatedText? text)) texts[key] = text;
            else if (kind != SettingKind.Text && values.TryEntries(key, out IReadOnlyList<LocatedText>? entries)) arrays[key] = entries;
        }
        SettingsPlace place = _audit.Sections.FirstOrDefault(known => known.Value == section.Name)?.Place ?? SettingsPlace.None;
        return new ComponentSection(section.Name, texts, arrays, place);
    }

    // A component whose type requires no keys needs no section.
    private static Dictionary<string, ComponentSection> WithTypesOnly(
        Dictionary<string, ComponentSection> components, IReadOnlyDictionary<string, IReadOnlyList<string>> types)
    {
        foreach ((string type, IReadOnlyList<string> keys) in types)
        {
            if (keys.Count == 0) components.TryAdd(type, ComponentSection.Empty(type, BuiltIn));
        }
        return components;
    }

    private Dictionary<string, ComponentSection> Read(string prefix, string? builtIn, IReadOnlyDictionary<string, IReadOnlyList<string>> types)
    {
        var components = new Dictionary<string, ComponentSection>(StringComparer.Ordinal);
        if (builtIn is not null) components.Add(builtIn, ComponentSection.Empty(builtIn, BuiltIn));
        IReadOnlyCollection<string> all = builtIn is null ? [.. types.Keys] : [builtIn, .. types.Keys];
        foreach (LocatedText section in _audit.Sections)
        {
            if (!section.Value.StartsWith(prefix, StringComparison.Ordinal)) continue;
            string name = section.Value[prefix.Length..];
            // Also if the type is wrong, so that lines that refer to the component are not reported too.
            if (name.Length > 0) components[name] = ReadComponent(section, ReadType(section, name == builtIn ? [builtIn] : all));
        }
        return components;
    }

    private string ReadType(LocatedText section, IReadOnlyCollection<string> types)
    {
        var values = new SectionValues(_audit, section.Value, _problems);
        if (values.Find(TypeKey) is null) _problems.Add(section.Place, $"{Quoted.Text($"[{section.Value}]")} without {TypeKey}", $"{TypeKey}= followed by {(types.Count == 0 ? "a type" : Quoted.Choice(types.Distinct()))}");
        if (!values.TryText(TypeKey, out LocatedText? type)) return "";
        if (!types.Contains(type.Value)) _problems.Add(type.Place, $"type {Quoted.Text(type.Value)}", types.Count == 0 ? "a type that a plugin of [PluginSettings] brings" : $"{Quoted.Choice(types.Distinct())}; plugins of [PluginSettings] bring others");
        return type.Value;
    }

    private ComponentSection ReadComponent(LocatedText section, string type)
    {
        var values = new SectionValues(_audit, section.Value, _problems);
        var texts = new Dictionary<string, LocatedText>(StringComparer.Ordinal);
        var arrays = new Dictionary<string, IReadOnlyList<LocatedText>>(StringComparer.Ordinal);
        foreach ((string key, IniValue value) in _audit.KeysOf(section.Value))
        {
            if (key == TypeKey) continue;
            bool isFormat = key == ComponentSection.Format && section.Value.StartsWith(SettingsSchema.TargetPrefix, StringComparison.Ordinal);
            if (isFormat && ReadFormatName(values) is null) continue;
            if (value.Text is not null && values.TryText(key, out LocatedText? text)) texts[key] = Checked(values, text);
            else if (value.Text is null) arrays[key] = [.. value.Entries];
        }
        return new ComponentSection(type, texts, arrays, section.Place) { IsRequired = ReadRequired(values) };
    }

    // A pattern may well contain quotes and signs of all kinds, and an address percent signs; the host or file of a target or an anchor does not.
    private static LocatedText Checked(SectionValues values, LocatedText text)
    {
        bool isPlain = !values.Section.StartsWith(SettingsSchema.FormatPrefix, StringComparison.Ordinal) && !text.Value.Contains("://", StringComparison.Ordinal);
        if (isPlain) values.WarnAboutForeignSyntax(text, Quoted.Text(text.Value), SectionValues.PlainValue);
        return text;
    }

    private static bool ReadRequired(SectionValues values) =>
        !values.Section.StartsWith(SettingsSchema.TargetPrefix, StringComparison.Ordinal) || values.Read(RequiredKey, ValueRules.Required, absent: true);
}
