namespace EzAudit.Settings;

/// <summary>The types of targets and formats that plugins bring, with the keys that each type's section may have.</summary>
internal sealed record SettingsVocabulary(
    IReadOnlyDictionary<string, IReadOnlyList<string>> TargetTypes,
    IReadOnlyDictionary<string, IReadOnlyList<string>> FormatTypes);
