using EzAudit.Records;

namespace EzAudit.Settings.Ini;

/// <summary>A text in a settings file and its place: a section header, the value of a key, or an entry of an array.</summary>
/// <param name="Value">The unchanged text.</param>
/// <param name="Place">Its line.</param>
/// <param name="Name">The name of an entry, in brackets; <see langword="null"/> for everything else, including entries without a name.</param>
internal sealed record LocatedText(string Value, SettingsPlace Place, string? Name = null);

/// <summary>A line of a settings file: the file is relative to the root, the line counts from 1 (0: the whole file).</summary>
/// <remarks>A class on purpose, like other items in lists of settings: .NET compiles lists of structs at each start, and a tool starts often.</remarks>
internal sealed record SettingsPlace(string File, int Line = 0)
{
    /// <summary>No place, for values that no file sets.</summary>
    public static SettingsPlace None { get; } = new("");

    public AuditSettingsProblem Error(string found, string expected) => new(File, Line, found, expected);

    public AuditSettingsProblem Warning(string found, string expected) => new(File, Line, found, expected) { IsWarning = true };
}
