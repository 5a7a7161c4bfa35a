namespace EzAudit.Settings;

/// <summary>What one line does to a key.</summary>
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
