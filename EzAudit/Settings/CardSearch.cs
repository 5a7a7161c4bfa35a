namespace EzAudit.Settings;

/// <summary>Where card numbers are looked for.</summary>
internal enum CardSearch
{
    /// <summary>In texts, but not in numbers nor in fields that are named as ids.</summary>
    Text,

    /// <summary>Everywhere.</summary>
    All,

    /// <summary>Nowhere.</summary>
    None,
}
