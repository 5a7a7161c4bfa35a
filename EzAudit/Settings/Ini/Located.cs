namespace EzAudit.Settings.Ini;

/// <summary>A value and the place that it came from.</summary>
internal sealed record Located<T>(T Value, SettingsPlace Place);

/// <summary>A line of a settings file: the file is relative to the root, the line counts from 1 (0: the whole file).</summary>
/// <remarks>A class on purpose, like other items in lists of settings: .NET compiles lists of structs at each start, and a tool starts often.</remarks>
internal sealed record SettingsPlace(string File, int Line)
{
    /// <summary>No place, for values that no file sets.</summary>
    public static SettingsPlace None { get; } = new("", 0);
}
