namespace EzAudit.Extensibility;

/// <summary>A value in a target's or format's section does not fit. The settings report it with file and line.</summary>
public sealed class AuditPartSettingsException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="key">The key whose value does not fit.</param>
    /// <param name="wanted">What would fit, in a few words.</param>
    public AuditPartSettingsException(string key, string wanted) : base($"{key}: wanted {wanted}")
    {
        Key = key;
        Wanted = wanted;
    }

    /// <summary>The key whose value does not fit.</summary>
    public string Key { get; }

    /// <summary>What would fit.</summary>
    public string Wanted { get; }
}
