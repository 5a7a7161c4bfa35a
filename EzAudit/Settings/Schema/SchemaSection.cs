namespace EzAudit.Settings.Schema;

/// <summary>A section that EzAudit knows, with its keys.</summary>
/// <param name="Name">The name; or the start of all names where <paramref name="IsPrefix"/>: <c>Function-</c>.</param>
/// <param name="Keys">The keys; for a part, those that every type has.</param>
/// <param name="IsPrefix">Whether many sections begin with this name.</param>
internal sealed record SchemaSection(string Name, IReadOnlyDictionary<string, SettingKind> Keys, bool IsPrefix = false)
{
    private const string ArrayMark = "[]";

    /// <summary>A section of a plugin's: its keys are texts, but for those that end in <c>[]</c>.</summary>
    public static SchemaSection OfPlugin(string name, IEnumerable<string> keys) => new(name, keys.ToDictionary(
        key => key.EndsWith(ArrayMark, StringComparison.Ordinal) ? key[..^ArrayMark.Length] : key,
        key => key.EndsWith(ArrayMark, StringComparison.Ordinal) ? SettingKind.List : SettingKind.Text,
        StringComparer.Ordinal));

    public bool Matches(string section, StringComparison comparison) =>
        IsPrefix ? section.StartsWith(Name, comparison) : section.Equals(Name, comparison);

    /// <summary>The section's name in the case that EzAudit knows: <c>function-a</c> is <c>Function-a</c>.</summary>
    public string Correct(string section) => Name + section[Name.Length..];

    /// <summary>As a message names it: <c>[Function-NAME]</c>.</summary>
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
