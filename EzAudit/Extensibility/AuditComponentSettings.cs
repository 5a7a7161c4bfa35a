namespace EzAudit.Extensibility;

/// <summary>What audit.ini says about one target or format: its section <c>[Target-NAME]</c> or <c>[Format-NAME]</c>, already checked for unknown keys.</summary>
public sealed class AuditComponentSettings
{
    private readonly IReadOnlyDictionary<string, string> _texts;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _arrays;
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _maps;

    /// <summary>Makes settings, as a test of a plugin does.</summary>
    /// <param name="name">The part's own name: NAME of its section.</param>
    /// <param name="texts">Key to value.</param>
    /// <param name="arrays">Key to values, for keys written as <c>Key[]=value</c>.</param>
    /// <param name="maps">Key to names and values, for keys written as <c>Key[NAME]=value</c>.</param>
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

    /// <summary>The part's own name: NAME of its section.</summary>
    public string Name { get; }

    /// <summary>The directory that holds <c>settings/</c>; relative paths of a part are relative to it.</summary>
    public string Root { get; init; } = "";

    /// <summary>The id of the time zone of site.ini, such as <c>Europe/Vienna</c>; <c>UTC</c> when it names none.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether the settings are only checked: then a part says whether its values fit, writes nothing, connects to nothing and leaves nothing behind.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Tells the operator, in the host's log or on standard error, of a trouble that no call can be told of. May be called by any thread.</summary>
    public Action<string> Report { get; init; } = static _ => { };

    /// <summary>The value of a key; <see langword="null"/> when it is not set.</summary>
    public string? this[string key] => _texts.GetValueOrDefault(key);

    /// <summary>The values of an array; empty when it is not set.</summary>
    public IReadOnlyList<string> GetArray(string key) => _arrays.GetValueOrDefault(key) ?? [];

    /// <summary>The values of an array whose entries have names, <c>Key[NAME]=value</c>; empty when it is not set.</summary>
    public IReadOnlyDictionary<string, string> GetMap(string key) => _maps.GetValueOrDefault(key) ?? new Dictionary<string, string>();
}

/// <summary>A value in a target's or format's section does not fit. The settings report it with file and line.</summary>
public sealed class AuditComponentSettingsException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="key">The key whose value does not fit.</param>
    /// <param name="wanted">What would fit, in a few words.</param>
    /// <param name="entry">The entry whose value it is, where the key is an array: NAME of <c>Key[NAME]=value</c>, or the value of <c>Key[]=value</c>.</param>
    public AuditComponentSettingsException(string key, string wanted, string? entry = null)
        : base(entry is null ? $"{key}: expected {wanted}" : $"{key}[{entry}]: expected {wanted}")
    {
        Entry = entry;
        Key = key;
        Expected = wanted;
    }

    /// <summary>The key whose value does not fit.</summary>
    public string Key { get; }

    /// <summary>The entry whose value does not fit, where the key is an array.</summary>
    public string? Entry { get; }

    /// <summary>What would fit.</summary>
    public string Expected { get; }
}
