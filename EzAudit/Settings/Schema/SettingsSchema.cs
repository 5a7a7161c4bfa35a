namespace EzAudit.Settings.Schema;

/// <summary>Every section and key of audit.ini, and those of site.ini that EzAudit reads.</summary>
internal static class SettingsSchema
{
    public const string Audit = "AuditSettings";
    public const string FunctionDefaults = "FunctionDefaults";
    public const string FunctionPrefix = "Function-";
    public const string TargetPrefix = "Target-";
    public const string FormatPrefix = "Format-";
    public const string Rotation = "RotationSettings";
    public const string RotationPrefix = "Rotation-";
    public const string Disk = "DiskSettings";
    public const string Redaction = "RedactionSettings";
    public const string Plugins = "PluginSettings";
    public const string Seal = "SealSettings";
    public const string Files = "FileSettings";
    public const string TimeZone = "TimeZoneSettings";
    public const string User = "UserSettings";
    public const string Extensions = "ExtensionSettings";

    private static readonly Dictionary<string, SettingKind> FunctionKeys = Keys(
        ["Durability", "OnFailure", "WriteTimeout", "Format"],
        ["Targets", "Fallback", "ExtraFields", "Redact"]);

    private static readonly Dictionary<string, SettingKind> RotationKeys = Keys(
        ["MaxFileSize", "Interval", "Naming", "KeepFiles", "KeepDays", "MinKeepDays", "Compress"]);

    /// <summary>The sections of audit.ini.</summary>
    public static IReadOnlyList<SchemaSection> AuditSections { get; } =
    [
        new(Audit, Keys(["Audit", "LogDir", "OnUnknownFunction", "MaxFieldBytes", "MaxRecordBytes", "MaxFields"], maps: ["AuditFileNames"])),
        new(FunctionDefaults, FunctionKeys),
        new(FunctionPrefix, FunctionKeys, IsPrefix: true),
        new(TargetPrefix, Keys(["Type", "Format", "Required"]), IsPrefix: true),
        new(FormatPrefix, Keys(["Type"]), IsPrefix: true),
        new(Rotation, RotationKeys),
        new(RotationPrefix, RotationKeys, IsPrefix: true),
        new(Disk, Keys(["LowSpace", "CriticalSpace", "Reserve"])),
        new(Redaction, Keys(["Mode", "KeyFile", "Cards"], ["Fields"])),
        new(Plugins, Keys(["PluginDir"], ["Plugins"])),
        new(Seal, Keys(["Seal"])),
    ];

    /// <summary>The sections of site.ini that are read; it has many more.</summary>
    public static IReadOnlyList<SchemaSection> SiteSections { get; } =
    [
        new(Files, Keys(["VarDir", "LogFilePermissions", "StorageDirPermissions"])),
        new(TimeZone, Keys(["TimeZone"])),
        new(User, Keys(["AnonymousUserID"])),
        new(Extensions, Keys([], ["ActiveExtensions", "ActiveAccessExtensions"])),
    ];

    /// <summary>Whether <c>[AuditSettings]</c> has such a key.</summary>
    public static bool IsAuditKey(string key) => AuditSections[0].Keys.ContainsKey(key);

    public static SchemaSection? Find(IReadOnlyList<SchemaSection> sections, string name, StringComparison comparison) =>
        sections.FirstOrDefault(section => section.Matches(name, comparison));

    private static Dictionary<string, SettingKind> Keys(string[] texts, string[]? lists = null, string[]? maps = null)
    {
        var keys = new Dictionary<string, SettingKind>(StringComparer.Ordinal);
        foreach (string key in texts) keys.Add(key, SettingKind.Text);
        foreach (string key in lists ?? []) keys.Add(key, SettingKind.List);
        foreach (string key in maps ?? []) keys.Add(key, SettingKind.Map);
        return keys;
    }
}

/// <summary>What plugins add to audit.ini: types of targets and formats with the keys of their sections, and whole sections.</summary>
internal sealed record SettingsVocabulary(
    IReadOnlyDictionary<string, IReadOnlyList<string>> TargetTypes,
    IReadOnlyDictionary<string, IReadOnlyList<string>> FormatTypes,
    IReadOnlyList<SchemaSection> Sections)
{
    /// <summary>Every section that audit.ini may have.</summary>
    public IReadOnlyList<SchemaSection> AuditSections { get; } = [.. SettingsSchema.AuditSections, .. Sections];
}
