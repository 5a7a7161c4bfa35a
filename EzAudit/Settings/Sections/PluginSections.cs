using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>Reads the sections that plugins define; one that no file contains is empty.</summary>
internal sealed class PluginSections(MergedIni audit, IReadOnlyList<SchemaSection> sections, ProblemList problems)
{
    public IReadOnlyDictionary<string, ComponentSection> Read() =>
        sections.ToDictionary(section => section.Name, Read, StringComparer.Ordinal);

    private ComponentSection Read(SchemaSection section)
    {
        var values = new SectionValues(audit, section.Name, problems);
        var texts = new Dictionary<string, Located<string>>(StringComparer.Ordinal);
        var arrays = new Dictionary<string, IReadOnlyList<IniEntry>>(StringComparer.Ordinal);
        foreach ((string key, SettingKind kind) in section.Keys)
        {
            if (kind == SettingKind.Text && values.TryText(key, out Located<string>? text)) texts[key] = text;
            else if (kind != SettingKind.Text && values.TryEntries(key, out IReadOnlyList<IniEntry>? entries)) arrays[key] = entries;
        }
        SettingsPlace place = audit.Sections.FirstOrDefault(known => known.Value == section.Name)?.Place ?? SettingsPlace.None;
        return new ComponentSection(section.Name, texts, arrays, place);
    }
}
