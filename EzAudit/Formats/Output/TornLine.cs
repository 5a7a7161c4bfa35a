namespace EzAudit.Formats.Output;

/// <summary>What closes a torn record in the formats that write one line a record.</summary>
internal static class TornLine
{
    /// <summary>People see it, and parsers of the line do not take it for a whole one.</summary>
    public static ReadOnlySpan<byte> End => "\\u{torn}\n"u8;
}
