namespace EzAudit.Formats.Output;

/// <summary>The terminator of a torn record in formats that write one line per record.</summary>
internal static class TornLine
{
    /// <summary>Visible to people, and never part of a line that parsers accept as complete.</summary>
    public static ReadOnlySpan<byte> End => "\\u{torn}\n"u8;
}
