using EzAudit.Records;

namespace EzAudit.Formats.Text;

/// <summary>Writes texts and values with the escapes of one kind of text.</summary>
/// <remarks>Fast on purpose, as <see cref="ClassicText"/>: plain ASCII in one pass, the rest walked once. Proven by the benchmark of the formats.</remarks>
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
