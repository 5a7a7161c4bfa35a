namespace EzAudit.Settings;

/// <summary>One entry of an array; its name is what stands in the brackets, <see langword="null"/> for an appended entry.</summary>
internal sealed record IniEntry(string? Name, string Value, SettingsPlace Place);
