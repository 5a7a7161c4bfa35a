using System.Buffers;
using System.Globalization;
using System.Text;

namespace EzAudit.Formats.Json;

/// <summary>Decodes the texts of valid JSON strings.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Undoes the escapes of a string. Unlike .NET's reader, accepts lone surrogates.</summary>
    public static string Read(ReadOnlySpan<byte> written)
    {
        if (!written.Contains((byte)'\\')) return Encoding.UTF8.GetString(written);
        var text = new StringBuilder(written.Length);
        ReadOnlySpan<byte> rest = written;
        while (rest.IndexOf((byte)'\\') is >= 0 and int escape)
        {
            text.Append(Encoding.UTF8.GetString(rest[..escape]));
            byte mark = rest[escape + 1];
            text.Append(mark == 'u' ? (char)ushort.Parse(rest.Slice(escape + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : Plain(mark));
            rest = rest[(escape + (mark == 'u' ? 6 : 2))..];
        }
        return text.Append(Encoding.UTF8.GetString(rest)).ToString();
    }

    /// <summary>The offset of the quote that ends the string which begins at an offset; -1 if it has no end or an invalid escape.</summary>
    public static int FindEnd(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            int length = bytes[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0) return -1;
            at += length;
            if (bytes[at] == '"') return at;
            int escape = EscapeLength(bytes[at..]);
            if (escape == 0) return -1;
            at += escape;
        }
    }

    private static int EscapeLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return 0;
        if (bytes[1] != 'u') return "\"\\/bfnrt"u8.Contains(bytes[1]) ? 2 : 0;
        return bytes.Length >= 6 && bytes[2..6].IndexOfAnyExcept(HexDigits) < 0 ? 6 : 0;
    }

    private static char Plain(byte mark) => (char)mark switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        char other => other,
    };
}
