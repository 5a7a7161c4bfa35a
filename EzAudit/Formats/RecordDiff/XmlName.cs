using System.Globalization;
using System.Xml;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.RecordDiff;

/// <summary>Encodes any text as an XML name like XmlConvert.EncodeLocalName; <c>XmlConvert.DecodeName</c> reverses it.</summary>
internal static class XmlName
{
    private const int EscapeLength = 7;

    public static void Write(ref Utf8Output output, scoped ReadOnlySpan<char> name)
    {
        int from = 0;
        for (int i = 0; i < name.Length; i++)
        {
            bool stands = (i == 0 ? XmlConvert.IsStartNCNameChar(name[i]) : XmlConvert.IsNCNameChar(name[i])) && !IsEscape(name[i..]);
            if (stands) continue;
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
