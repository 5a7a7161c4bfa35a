using System.Buffers;
using System.Globalization;
using System.Xml;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.RecordDiff;

/// <summary>Writes texts into XML: as a name, in an attribute, in a comment.</summary>
internal static class XmlText
{
    private const int EscapeLength = 7;

    /// <summary>Encodes any text as a name, like XmlConvert.EncodeLocalName; <c>XmlConvert.DecodeName</c> reverses it.</summary>
    public static void WriteName(ref Utf8Output output, scoped ReadOnlySpan<char> name)
    {
        int from = 0;
        for (int i = 0; i < name.Length; i++)
        {
            bool isPlain = (i == 0 ? XmlConvert.IsStartNCNameChar(name[i]) : XmlConvert.IsNCNameChar(name[i])) && !IsEscape(name[i..]);
            if (isPlain) continue;
            output.WriteText(name[from..i]);
            from = i + 1;
            output.Write("_x"u8);
            ((int)name[i]).TryFormat(output.Room(8), out int written, "X4", CultureInfo.InvariantCulture);
            output.Advance(written);
            output.WriteByte((byte)'_');
        }
        output.WriteText(name[from..]);
        if (name.IsEmpty) output.WriteByte((byte)'_');
    }

    // A literal _x0020_ must not be decoded as a blank.
    private static bool IsEscape(ReadOnlySpan<char> text)
    {
        if (text.Length < EscapeLength || text[0] != '_' || text[1] != 'x' || text[6] != '_') return false;
        foreach (char c in text[2..6])
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }
        return true;
    }
}

/// <summary>Escapes a text in an XML attribute. Characters that XML 1.0 cannot represent are written as in the classic format.</summary>
internal readonly struct XmlAttributeEscape : ITextEscape
{
    public static SearchValues<char> Clean { get; } = SearchValues.Create(PrintableAscii.Without("<>&\"'"));

    public static char? NotPlain => null;

    public static bool MustEscape(char c) => ClassicText.IsUnprintable(c) || c >= '\ufffe';

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        char c = text[at];
        if (!XmlConvert.IsXmlChar(c))
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
