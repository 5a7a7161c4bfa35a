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
    public const string AnchorPrefix = "Anchor-";
    public const string SignerPrefix = "Signer-";
    public const string HoldPrefix = "Hold-";
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
        new(Seal, Keys(["Seal", "KeyDir", "LeafBytes", "Epoch", "AnchorInterval", "Signer", "Origin"], ["Anchors"])),
        new(AnchorPrefix, Keys(["Type"]), IsPrefix: true),
        new(SignerPrefix, Keys(["Type"]), IsPrefix: true),
        new(HoldPrefix, Keys(["Until", "Reason"], ["Functions", "Fields"]), IsPrefix: true),
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

/// <summary>A section that EzAudit knows, with its keys.</summary>
/// <param name="Name">The name, or the prefix of all names if <paramref name="IsPrefix"/>: <c>Function-</c>.</param>
/// <param name="Keys">The keys; for a component, those that every type has.</param>
/// <param name="IsPrefix">Whether the name is a prefix of several sections.</param>
internal sealed record SchemaSection(string Name, IReadOnlyDictionary<string, SettingKind> Keys, bool IsPrefix = false)
{
    private const string ArrayMark = "[]";

    /// <summary>A section that a plugin defines: its keys are texts unless they end in <c>[]</c>.</summary>
    public static SchemaSection OfPlugin(string name, IEnumerable<string> keys) => new(name, keys.ToDictionary(
        key => key.EndsWith(ArrayMark, StringComparison.Ordinal) ? key[..^ArrayMark.Length] : key,
        key => key.EndsWith(ArrayMark, StringComparison.Ordinal) ? SettingKind.List : SettingKind.Text,
        StringComparer.Ordinal));

    public bool Matches(string section, StringComparison comparison) =>
        IsPrefix ? section.StartsWith(Name, comparison) : section.Equals(Name, comparison);

    /// <summary>The section's name in the correct case: <c>function-a</c> becomes <c>Function-a</c>.</summary>
    public string Correct(string section) => Name + section[Name.Length..];

    /// <summary>The name as messages show it: <c>[Function-NAME]</c>.</summary>
    public string Title => IsPrefix ? $"[{Name}NAME]" : $"[{Name}]";
}

/// <summary>How a key is written.</summary>
internal enum SettingKind
{
    /// <summary><c>NAME=VALUE</c></summary>
    Text,

    /// <summary><c>NAME[]=VALUE</c>, line by line.</summary>
    List,

    /// <summary><c>NAME[ENTRY]=VALUE</c>, line by line.</summary>
    Map,
}

/// <summary>What plugins add to audit.ini: types of components with the keys of their sections, and whole sections.</summary>
internal sealed record SettingsVocabulary(
    IReadOnlyDictionary<string, IReadOnlyList<string>> TargetTypes,
    IReadOnlyDictionary<string, IReadOnlyList<string>> FormatTypes,
    IReadOnlyList<SchemaSection> Sections)
{
    public IReadOnlyDictionary<string, IReadOnlyList<string>> AnchorTypes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyDictionary<string, IReadOnlyList<string>> SignerTypes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Every section that audit.ini may have.</summary>
    public IReadOnlyList<SchemaSection> AuditSections { get; } = [.. SettingsSchema.AuditSections, .. Sections];
}
