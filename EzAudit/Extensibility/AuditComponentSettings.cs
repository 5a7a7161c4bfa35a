namespace EzAudit.Extensibility;

/// <summary>The settings of one target, format, anchor or plugin: a section of audit.ini such as <c>[Target-NAME]</c> or <c>[Format-NAME]</c>, already checked for unknown keys. Immutable.</summary>
public sealed class AuditComponentSettings
{
    private readonly IReadOnlyDictionary<string, string> _texts;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _arrays;
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _maps;

    /// <summary>Initializes the settings; for tests of plugins.</summary>
    /// <param name="name">The name of the component: NAME of its section.</param>
    /// <param name="texts">The values by key.</param>
    /// <param name="arrays">The values of arrays by key, written as <c>Key[]=value</c>.</param>
    /// <param name="maps">The named values of arrays by key, written as <c>Key[NAME]=value</c>.</param>
    public AuditComponentSettings(
        string name,
        IReadOnlyDictionary<string, string> texts,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? arrays = null,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? maps = null)
    {
        Name = name;
        _texts = texts;
        _arrays = arrays ?? new Dictionary<string, IReadOnlyList<string>>();
        _maps = maps ?? new Dictionary<string, IReadOnlyDictionary<string, string>>();
    }

    /// <summary>The name of the component: NAME of its section.</summary>
    public string Name { get; }

    /// <summary>The directory that contains <c>settings/</c>; relative paths of a component are relative to it.</summary>
    public string Root { get; init; } = "";

    /// <summary>The id of the time zone in site.ini, such as <c>Europe/Vienna</c>; <c>UTC</c> if it names none.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether the settings are only checked. The component then validates its values, but writes nothing, connects to nothing and leaves nothing behind.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Reports a problem that no caller can be told about, to the host's log or standard error. Thread-safe.</summary>
    public Action<string> Report { get; init; } = static _ => { };

    /// <summary>Writes a line to the host's log, or to standard error if there is none; returns false if that failed. Thread-safe.</summary>
    internal Func<string, bool> TryLog { get; init; } = static _ => false;

    /// <summary>Opens the spools of senders.</summary>
    internal ISpoolFactory Spools { get; init; } = new NoSpools();

    /// <summary>The value of a key; <see langword="null"/> if it is not set.</summary>
    public string? this[string key] => _texts.GetValueOrDefault(key);

    /// <summary>The values of an array; empty if it is not set.</summary>
    public IReadOnlyList<string> GetArray(string key) => _arrays.GetValueOrDefault(key) ?? [];

    /// <summary>The values of an array with named entries, <c>Key[NAME]=value</c>; empty if it is not set.</summary>
    public IReadOnlyDictionary<string, string> GetMap(string key) => _maps.GetValueOrDefault(key) ?? new Dictionary<string, string>();
}

/// <summary>Thrown by a plugin to reject a value in its section. The settings report it with file and line.</summary>
public sealed class AuditComponentSettingsException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="key">The key whose value is invalid.</param>
    /// <param name="wanted">What would be valid, in a few words.</param>
    /// <param name="entry">The entry, if the key is an array: NAME of <c>Key[NAME]=value</c>, or the value of <c>Key[]=value</c>.</param>
    public AuditComponentSettingsException(string key, string wanted, string? entry = null)
        : base(entry is null ? $"{key}: expected {wanted}" : $"{key}[{entry}]: expected {wanted}")
    {
        Entry = entry;
        Key = key;
        Expected = wanted;
    }

    /// <summary>The key whose value is invalid.</summary>
    public string Key { get; }

    /// <summary>The entry whose value is invalid, if the key is an array.</summary>
    public string? Entry { get; }

    /// <summary>What would be valid.</summary>
    public string Expected { get; }
}
