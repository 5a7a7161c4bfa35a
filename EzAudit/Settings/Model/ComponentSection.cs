using EzAudit.Settings.Ini;

namespace EzAudit.Settings.Model;

/// <summary>A section <c>[Target-NAME]</c> or <c>[Format-NAME]</c>, its type and the keys that the type knows; or one that a plugin brings, whose type is its name.</summary>
internal sealed record ComponentSection(
    string Type,
    IReadOnlyDictionary<string, Located<string>> Texts,
    IReadOnlyDictionary<string, IReadOnlyList<IniEntry>> Arrays,
    SettingsPlace Place)
{
    /// <summary>Whether a record that this target does not take has failed.</summary>
    public bool IsRequired { get; init; } = true;
}
