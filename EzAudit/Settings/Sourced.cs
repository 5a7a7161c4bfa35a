namespace EzAudit.Settings;

/// <summary>A value and the place it came from.</summary>
internal sealed record Sourced<T>(T Value, SettingsPlace Place);
