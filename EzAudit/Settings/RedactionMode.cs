namespace EzAudit.Settings;

/// <summary>What stands in place of a redacted value.</summary>
internal enum RedactionMode
{
    /// <summary><c>[redacted]</c></summary>
    Mask,

    /// <summary>A keyed digest, so that equal values stay recognisable.</summary>
    Hmac,
}
