using System.Buffers;
using System.Globalization;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.RecordDiff;

/// <summary>Escapes a text in an XML attribute. Characters that XML 1.0 cannot represent are written as in the classic format.</summary>
internal readonly struct XmlAttributeEscape : ITextEscape
{
    public static SearchValues<char> Clean { get; } = SearchValues.Create(PrintableAscii.Without("<>&\"'"));

    public static char? NotPlain => null;

    public static bool MustEscape(char c) => ClassicText.IsUnprintable(c) || c >= '\ufffe';

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        char c = text[at];
        if (!System.Xml.XmlConvert.IsXmlChar(c))
        {
            ClassicText.WriteEscape(ref output, c);
            return 1;
        }
        output.Write("&#x"u8);
        ((int)c).TryFormat(output.Room(8), out int written, "x", CultureInfo.InvariantCulture);
        output.Advance(written);
        output.WriteByte((byte)';');
        return 1;
    }
}

/// <summary>Escapes a text in an XML comment, where two adjacent hyphens are illegal and references have no meaning.</summary>
internal readonly struct XmlCommentEscape : ITextEscape
{
    public static SearchValues<char> Clean { get; } = SearchValues.Create(PrintableAscii.Without("-"));

    public static char? NotPlain => '-';

    public static bool MustEscape(char c) => ClassicText.IsUnprintable(c) || c >= '\ufffe';

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        if (text[at] != '-') return LineEscape.WriteEscape(ref output, text, at);
        // The last one too: the next text may start with a hyphen.
        if (at + 1 == text.Length || text[at + 1] == '-') ClassicText.WriteEscape(ref output, '-');
        else output.WriteByte((byte)'-');
        return 1;
    }
}
