using EzAudit.Settings.Ini;

namespace EzAudit.Settings.Model;

/// <summary>A section <c>[Target-NAME]</c> or <c>[Format-NAME]</c>: its type and the keys of that type; or a section of a plugin, whose type is its name.</summary>
internal sealed record ComponentSection(
    string Type,
    IReadOnlyDictionary<string, Located<string>> Texts,
    IReadOnlyDictionary<string, IReadOnlyList<IniEntry>> Arrays,
    SettingsPlace Place)
{
    /// <summary>Whether a record counts as failed if this target does not take it.</summary>
    public bool IsRequired { get; init; } = true;
}
