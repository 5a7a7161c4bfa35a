namespace EzAudit.Settings;

/// <summary>A section <c>[Target-NAME]</c> or <c>[Format-NAME]</c>: its type and the keys that the type knows.</summary>
internal sealed record PartSection(
    string Type,
    IReadOnlyDictionary<string, Sourced<string>> Texts,
    IReadOnlyDictionary<string, IReadOnlyList<Sourced<string>>> Arrays,
    SettingsPlace Place);
