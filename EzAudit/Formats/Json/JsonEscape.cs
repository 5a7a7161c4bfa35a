using System.Buffers;
using System.Globalization;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.Json;

/// <summary>Escapes a text for a JSON string. Lone surrogates are escaped, so every text is read back unchanged.</summary>
internal readonly struct JsonEscape : ITextEscape
{
    public static SearchValues<char> Clean { get; } = SearchValues.Create(PrintableAscii.Without("\"\\"));

    public static char? NotPlain => '"';

    public static bool MustEscape(char c) => ClassicText.IsUnprintable(c);

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        char c = text[at];
        ReadOnlySpan<byte> mark = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            _ => "\\u"u8,
        };
        output.Write(mark);
        if (mark[1] != 'u') return 1;
        ((int)c).TryFormat(output.Room(8), out int written, "x4", CultureInfo.InvariantCulture);
        output.Advance(written);
        return 1;
    }
}

/// <summary>Escapes a text in a JSON string for other parsers: many reject lone surrogates, so U+FFFD replaces them.</summary>
internal readonly struct StrictJsonEscape : ITextEscape
{
    public static SearchValues<char> Clean => JsonEscape.Clean;

    public static char? NotPlain => JsonEscape.NotPlain;

    public static bool MustEscape(char c) => JsonEscape.MustEscape(c);

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        if (!char.IsSurrogate(text[at])) return JsonEscape.WriteEscape(ref output, text, at);
        output.Write("\ufffd"u8);
        return 1;
    }
}
