namespace EzAudit.Settings.Ini;

/// <summary>One line that sets something. To merge layers, the operations of all files are applied in order.</summary>
/// <remarks>The entry is empty unless the kind is <see cref="IniOperationKind.Entry"/>; the value is the unchanged text after <c>=</c>, empty for a reset.</remarks>
internal sealed record IniOperation(
    string Section,
    string Key,
    IniOperationKind Kind,
    string Entry,
    string Value,
    SettingsPlace Place);

/// <summary>What a line does to a key.</summary>
internal enum IniOperationKind
{
    /// <summary><c>NAME=VALUE</c>: the key is this text.</summary>
    Text,

    /// <summary><c>NAME[]</c>: the key is an empty array.</summary>
    Reset,

    /// <summary><c>NAME[]=VALUE</c>: one more entry without a name.</summary>
    Append,

    /// <summary><c>NAME[ENTRY]=VALUE</c>: one entry by name.</summary>
    Entry,
}
