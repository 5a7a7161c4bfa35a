namespace EzAudit.Settings;

/// <summary>A line of a settings file: the file relative to the root, the line from 1 (0: the file itself).</summary>
internal readonly record struct SettingsPlace(string File, int Line);
