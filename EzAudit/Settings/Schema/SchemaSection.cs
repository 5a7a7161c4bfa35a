namespace EzAudit.Settings.Schema;

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
