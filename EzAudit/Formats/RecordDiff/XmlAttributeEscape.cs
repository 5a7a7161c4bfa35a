using System.Buffers;
using System.Globalization;
using EzAudit.Formats.Text;

namespace EzAudit.Formats.RecordDiff;

/// <summary>A text between the quotes of an XML attribute. What XML 1.0 has no way to write stands there as in the classic format.</summary>
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
