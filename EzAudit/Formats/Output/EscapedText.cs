using System.Buffers;
using EzAudit.Records;

namespace EzAudit.Formats.Output;

/// <summary>Writes texts and values with the escapes of one kind of text.</summary>
/// <remarks>Fast on purpose, as <c>ClassicText</c>: plain ASCII in one pass, the rest walked once. Proven by the benchmark of the formats.</remarks>
internal static class EscapedText
{
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

/// <summary>The characters of ASCII that are seen, and the blank.</summary>
internal static class PrintableAscii
{
    public static string All { get; } = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c));

    public static string Without(string characters) => string.Concat(All.Except(characters));
}

/// <summary>What must be escaped in a text of one kind, and how. A struct implements it: then each kind has machine code of its own.</summary>
internal interface ITextEscape
{
    /// <summary>The ASCII characters that stand for themselves.</summary>
    static abstract SearchValues<char> Clean { get; }

    /// <summary>The one character that is not clean though <see cref="PlainAscii"/> takes it for plain; <see langword="null"/> where there are more.</summary>
    static abstract char? NotPlain { get; }

    /// <summary>Whether a character beyond ASCII must be escaped; for halves of surrogate pairs it is not asked.</summary>
    static abstract bool MustEscape(char c);

    /// <summary>Writes what stands for the character at a place, and returns how many characters that was.</summary>
    static abstract int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at);
}
