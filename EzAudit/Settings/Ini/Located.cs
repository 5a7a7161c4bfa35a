namespace EzAudit.Settings.Ini;

/// <summary>A value and the place it came from.</summary>
internal sealed record Located<T>(T Value, SettingsPlace Place);

/// <summary>A line of a settings file: the file relative to the root, the line from 1 (0: the file itself).</summary>
/// <remarks>A class on purpose, like the others that lists of settings hold: .NET compiles lists of structs anew at each start, and a tool starts often.</remarks>
internal sealed record SettingsPlace(string File, int Line)
{
    /// <summary>Where nothing is said.</summary>
    public static SettingsPlace None { get; } = new("", 0);
}
