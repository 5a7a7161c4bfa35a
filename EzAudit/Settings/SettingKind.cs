namespace EzAudit.Settings;

/// <summary>How a key is written.</summary>
internal enum SettingKind
{
    /// <summary><c>NAME=VALUE</c></summary>
    Text,

    /// <summary><c>NAME[]=VALUE</c>, line by line.</summary>
    List,

    /// <summary><c>NAME[ENTRY]=VALUE</c>, line by line.</summary>
    Map,
}
