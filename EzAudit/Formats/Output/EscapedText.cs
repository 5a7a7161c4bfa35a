using System.Buffers;
using EzAudit.Records;

namespace EzAudit.Formats.Output;

/// <summary>Writes texts and values with the escapes of one kind of text.</summary>
/// <remarks>Optimized for speed like <c>ClassicText</c>: plain ASCII in one pass, the rest walked once. Measured by the benchmark of the formats.</remarks>
internal static class EscapedText
{
    /// <summary>Ends a torn record in formats that write one line per record: visible to people, and never part of a line that parsers accept as complete.</summary>
    public static ReadOnlySpan<byte> TornLineEnd => "\\u{torn}\n"u8;

    public static void Write<TEscape>(ref Utf8Output output, scoped ReadOnlySpan<char> text) where TEscape : struct, ITextEscape
    {
        if (TEscape.NotPlain is { } other && output.TryWritePlain(text, other)) return;
        int unclean = text.IndexOfAnyExcept(TEscape.Clean);
        if (unclean < 0) output.WriteAscii(text);
        else WriteEscaped<TEscape>(ref output, text, unclean);
    }

    public static void WriteValue<TEscape>(ref Utf8Output output, in AuditField field) where TEscape : struct, ITextEscape
    {
        if (!output.TryWriteNumber(in field)) Write<TEscape>(ref output, field.Value);
    }

    private static void WriteEscaped<TEscape>(ref Utf8Output output, scoped ReadOnlySpan<char> text, int unclean) where TEscape : struct, ITextEscape
    {
        int from = 0;
        for (int i = unclean; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }
            if (c < 0x80 ? TEscape.Clean.Contains(c) : !TEscape.MustEscape(c)) continue;
            output.WriteText(text[from..i]);
            i += TEscape.WriteEscape(ref output, text, i) - 1;
            from = i + 1;
        }
        output.WriteText(text[from..]);
    }
}

/// <summary>The printable ASCII characters, including the blank.</summary>
internal static class PrintableAscii
{
    public static string All { get; } = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c));

    public static string Without(string characters) => string.Concat(All.Except(characters));
}

/// <summary>Defines what must be escaped in one kind of text, and how. Structs implement it so that each kind gets its own machine code.</summary>
internal interface ITextEscape
{
    /// <summary>The ASCII characters that need no escape.</summary>
    static abstract SearchValues<char> Clean { get; }

    /// <summary>The only character that needs an escape although <see cref="PlainAscii"/> considers it plain; <see langword="null"/> if there are several.</summary>
    static abstract char? NotPlain { get; }

    /// <summary>Whether a non-ASCII character must be escaped; not called for halves of surrogate pairs.</summary>
    static abstract bool MustEscape(char c);

    /// <summary>Writes the escape of the character at a position, and returns how many characters it consumed.</summary>
    static abstract int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at);
}
