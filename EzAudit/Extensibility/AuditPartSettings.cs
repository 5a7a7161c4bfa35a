namespace EzAudit.Extensibility;

/// <summary>What audit.ini says about one target or format: its section <c>[Target-NAME]</c> or <c>[Format-NAME]</c>, already checked for unknown keys.</summary>
public sealed class AuditPartSettings
{
    private readonly IReadOnlyDictionary<string, string> _texts;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _arrays;

    /// <summary>Makes settings, as a test of a plugin does.</summary>
    /// <param name="name">The part's own name: NAME of its section.</param>
    /// <param name="texts">Key to value.</param>
    /// <param name="arrays">Key to values, for keys written as <c>Key[]=value</c>.</param>
    public AuditPartSettings(
        string name,
        IReadOnlyDictionary<string, string> texts,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? arrays = null)
    {
        Name = name;
        _texts = texts;
        _arrays = arrays ?? new Dictionary<string, IReadOnlyList<string>>();
    }

    /// <summary>The part's own name: NAME of its section.</summary>
    public string Name { get; }

    /// <summary>The directory that holds <c>settings/</c>; relative paths of a part are relative to it.</summary>
    public string Root { get; init; } = "";

    /// <summary>The id of the time zone of site.ini, such as <c>Europe/Vienna</c>; <c>UTC</c> when it names none.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The value of a key; <see langword="null"/> when it is not set.</summary>
    public string? this[string key] => _texts.GetValueOrDefault(key);

    /// <summary>The values of an array; empty when it is not set.</summary>
    public IReadOnlyList<string> GetArray(string key) => _arrays.GetValueOrDefault(key) ?? [];
}
