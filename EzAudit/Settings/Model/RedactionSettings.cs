namespace EzAudit.Settings.Model;

/// <summary>Which values are never written, in addition to the built-in ones, and what replaces them.</summary>
internal sealed record RedactionSettings
{
    /// <summary>Names of fields, in addition to the built-in ones.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Where to look for card numbers.</summary>
    public CardSearch Cards { get; init; }

    public RedactionMode Mode { get; init; } = RedactionMode.Mask;

    /// <summary>The key of the digests; empty unless the mode needs it.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }
}

/// <summary>Where to look for card numbers.</summary>
internal enum CardSearch
{
    /// <summary>In texts, but not in numbers or in fields that are named as ids.</summary>
    Text,

    /// <summary>Everywhere.</summary>
    All,

    /// <summary>Nowhere.</summary>
    None,
}

/// <summary>What replaces a redacted value.</summary>
internal enum RedactionMode
{
    /// <summary><c>[redacted]</c></summary>
    Mask,

    /// <summary>A keyed digest, so that equal values stay recognisable.</summary>
    Hmac,
}
