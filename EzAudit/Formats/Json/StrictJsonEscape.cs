using System.Buffers;
using EzAudit.Formats.Text;

namespace EzAudit.Formats.Json;

/// <summary>A text between the quotes of a JSON string for other people's parsers: many refuse lone surrogates, so U+FFFD stands for them.</summary>
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
