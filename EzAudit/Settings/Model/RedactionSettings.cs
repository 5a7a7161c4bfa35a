namespace EzAudit.Settings.Model;

/// <summary>Which values are never written, beside the built-in ones, and what stands in their place.</summary>
internal sealed record RedactionSettings
{
    /// <summary>Names of fields, beside the built-in ones.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Where card numbers are looked for.</summary>
    public CardSearch Cards { get; init; }

    public RedactionMode Mode { get; init; } = RedactionMode.Mask;

    /// <summary>What the digests are keyed with; empty unless the mode needs it.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }
}

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

/// <summary>What stands in place of a redacted value.</summary>
internal enum RedactionMode
{
    /// <summary><c>[redacted]</c></summary>
    Mask,

    /// <summary>A keyed digest, so that equal values stay recognisable.</summary>
    Hmac,
}
