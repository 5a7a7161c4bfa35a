using System.Buffers;
using System.Text;

namespace EzAudit.PostgreSql.Text;

/// <summary>Writes a text as a JSON string with no more escapes than JSON requires.</summary>
internal static class JsonString
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    /// <param name="text">The text, without lone surrogates.</param>
    /// <param name="output">Room for six bytes a character and two quotes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<byte> output)
    {
        int count = 0;
        output[count++] = (byte)'"';
        while (text.IndexOfAny(Escaped) is var at and >= 0)
        {
            count += Encoding.UTF8.GetBytes(text[..at], output[count..]);
            count += WriteEscape(text[at], output[count..]);
            text = text[(at + 1)..];
        }
        count += Encoding.UTF8.GetBytes(text, output[count..]);
        output[count++] = (byte)'"';
        return count;
    }

    private static int WriteEscape(char c, Span<byte> output)
    {
        output[0] = (byte)'\\';
        if (c >= ' ')
        {
            output[1] = (byte)c;
            return 2;
        }
        "u00"u8.CopyTo(output[1..]);
        output[4] = (byte)(c < 16 ? '0' : '1');
        output[5] = "0123456789abcdef"u8[c % 16];
        return 6;
    }
}
