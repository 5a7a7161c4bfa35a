using System.Text;

namespace EzAudit.Syslog.Text;

/// <summary>Finds the characters to write as <c>\u{h}</c>, with h in hexadecimal: those that could forge a line or hide text.</summary>
internal static class TextEscape
{
    public static bool Needs(int codePoint) => codePoint switch
    {
        < 0x20 or (>= 0x7f and < 0xa0) => true,
        0x2028 or 0x2029 or 0x61c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0xfeff => true,
        >= 0xd800 and <= 0xdfff => true,
        _ => false,
    };

    public static void Append(MessageBuffer output, int codePoint)
    {
        output.Append("\\u{"u8);
        output.Append(codePoint, "x");
        output.Append((byte)'}');
    }

    /// <summary>The next character of a text: a code point, or half a surrogate pair that has no partner.</summary>
    public static int Next(ReadOnlySpan<char> text, out int length)
    {
        if (Rune.DecodeFromUtf16(text, out Rune rune, out length) == System.Buffers.OperationStatus.Done) return rune.Value;
        length = 1;
        return text[0];
    }
}
