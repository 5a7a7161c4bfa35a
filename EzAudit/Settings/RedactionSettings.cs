namespace EzAudit.Settings;

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
