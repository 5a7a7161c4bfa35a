namespace EzAudit.Settings;

/// <summary>A value and the place it came from.</summary>
internal readonly record struct Sourced<T>(T Value, SettingsPlace Place);
