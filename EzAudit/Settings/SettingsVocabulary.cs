namespace EzAudit.Settings;

/// <summary>What plugins bring to audit.ini: types of targets and formats with the keys that each type's section may have, and whole sections.</summary>
internal sealed record SettingsVocabulary(
    IReadOnlyDictionary<string, IReadOnlyList<string>> TargetTypes,
    IReadOnlyDictionary<string, IReadOnlyList<string>> FormatTypes,
    IReadOnlyList<SchemaSection> Sections)
{
    /// <summary>Every section that audit.ini may have.</summary>
    public IReadOnlyList<SchemaSection> AuditSections { get; } = [.. SettingsSchema.AuditSections, .. Sections];
}
