using EzAudit.Settings.Ini;

namespace EzAudit.Settings.Model;

/// <summary>A section <c>[Target-NAME]</c> or <c>[Format-NAME]</c>: its type and the keys of that type; or a section of a plugin, whose type is its name.</summary>
internal sealed record ComponentSection(
    string Type,
    IReadOnlyDictionary<string, LocatedText> Texts,
    IReadOnlyDictionary<string, IReadOnlyList<LocatedText>> Arrays,
    SettingsPlace Place)
{
    /// <summary>The built-in type of targets.</summary>
    public const string FileTarget = "file";

    /// <summary>The built-in type of formats.</summary>
    public const string ClassicFormat = "classic";

    /// <summary>The key of a target for a format other than its functions'.</summary>
    public const string Format = "Format";

    /// <summary>The key of a file target for a directory other than LogDir.</summary>
    public const string Directory = "Directory";

    /// <summary>Whether this is a target that is a log file.</summary>
    public bool IsFile => Type == FileTarget;

    /// <summary>Whether a record counts as failed if this target does not take it.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>A section without keys.</summary>
    public static ComponentSection Empty(string type, SettingsPlace place) =>
        new(type, new Dictionary<string, LocatedText>(), new Dictionary<string, IReadOnlyList<LocatedText>>(), place);

    /// <summary>The text of a key; <see langword="null"/> if it is not set.</summary>
    public string? Text(string key) => Texts.GetValueOrDefault(key)?.Value;
}
