namespace EzAudit.Settings;

/// <summary>One line that sets something. Layers merge by doing the operations of all files in their order.</summary>
/// <remarks>The entry is empty unless the kind is <see cref="IniOperationKind.Entry"/>; the value is the text behind <c>=</c>, untouched, and empty for a reset.</remarks>
internal sealed record IniOperation(
    string Section,
    string Key,
    IniOperationKind Kind,
    string Entry,
    string Value,
    SettingsPlace Place);
