namespace EzAudit.Extensibility;

/// <summary>A value in a target's or format's section does not fit. The settings report it with file and line.</summary>
public sealed class AuditPartSettingsException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="key">The key whose value does not fit.</param>
    /// <param name="wanted">What would fit, in a few words.</param>
    /// <param name="entry">The entry whose value it is, where the key is an array: NAME of <c>Key[NAME]=value</c>, or the value of <c>Key[]=value</c>.</param>
    public AuditPartSettingsException(string key, string wanted, string? entry = null)
        : base(entry is null ? $"{key}: wanted {wanted}" : $"{key}[{entry}]: wanted {wanted}")
    {
        Entry = entry;
        Key = key;
        Wanted = wanted;
    }

    /// <summary>The key whose value does not fit.</summary>
    public string Key { get; }

    /// <summary>The entry whose value does not fit, where the key is an array.</summary>
    public string? Entry { get; }

    /// <summary>What would fit.</summary>
    public string Wanted { get; }
}
