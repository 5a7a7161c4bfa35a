using System.Buffers;
using System.Text.Unicode;

namespace EzAudit.Nats.Messages;

/// <summary>
/// Writes and reads texts as JSON strings without loss. NUL and halves of surrogate pairs, which UTF-8 cannot hold, become the escapes that JSON has for
/// them: <c>\u0000</c>, <c>\ud800</c>. A JSON library would replace the latter.
/// </summary>
internal static class MessageText
{
    private static readonly SearchValues<char> EscapedChars = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);
    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>Appends a text with its quotes.</summary>
    public static void Write(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        // No character needs more than six bytes.
        Span<byte> room = output.GetSpan((text.Length * 6) + 2);
        int count = 0;
        room[count++] = (byte)'"';
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAny(EscapedChars) is var at and >= 0 ? at : text.Length;
            Utf8.FromUtf16(text[..plain], room[count..], out int read, out int written, replaceInvalidSequences: false);
            count += written;
            text = text[read..];
            if (text.IsEmpty) break;
            count += WriteEscape(text[0], room[count..]);
            text = text[1..];
        }
        room[count++] = (byte)'"';
        output.Advance(count);
    }

    /// <summary>Appends valid UTF-8 with quotes.</summary>
    public static void Write(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        Span<byte> room = output.GetSpan((text.Length * 6) + 2);
        int count = 0;
        room[count++] = (byte)'"';
        for (int at; (at = text.IndexOfAny(EscapedBytes)) >= 0; text = text[(at + 1)..])
        {
            text[..at].CopyTo(room[count..]);
            count += at;
            count += WriteEscape((char)text[at], room[count..]);
        }
        text.CopyTo(room[count..]);
        count += text.Length;
        room[count++] = (byte)'"';
        output.Advance(count);
    }

    /// <summary>Reads what stands between the quotes of a valid JSON string.</summary>
    public static string Read(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf((byte)'\\') < 0) return System.Text.Encoding.UTF8.GetString(json);
        char[] rented = ArrayPool<char>.Shared.Rent(json.Length);
        int count = 0;
        while (!json.IsEmpty)
        {
            int plain = json.IndexOf((byte)'\\') is var at and >= 0 ? at : json.Length;
            count += System.Text.Encoding.UTF8.GetChars(json[..plain], rented.AsSpan(count));
            json = json[plain..];
            if (json.IsEmpty) break;
            (rented[count++], int used) = ReadEscape(json);
            json = json[used..];
        }
        var text = new string(rented, 0, count);
        ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    private static int WriteEscape(char c, Span<byte> output)
    {
        output[0] = (byte)'\\';
        switch (c)
        {
            case '"' or '\\':
                output[1] = (byte)c;
                return 2;
            case '\n':
                output[1] = (byte)'n';
                return 2;
            case '\t':
                output[1] = (byte)'t';
                return 2;
        }
        output[1] = (byte)'u';
        for (int i = 0; i < 4; i++) output[2 + i] = "0123456789abcdef"u8[(c >> (12 - (4 * i))) & 15];
        return 6;
    }

    private static (char Char, int Used) ReadEscape(ReadOnlySpan<byte> json) => (char)json[1] switch
    {
        'n' => ('\n', 2),
        't' => ('\t', 2),
        'r' => ('\r', 2),
        'b' => ('\b', 2),
        'f' => ('\f', 2),
        'u' => ((char)Convert.ToUInt16(System.Text.Encoding.ASCII.GetString(json.Slice(2, 4)), 16), 6),
        var same => (same, 2),
    };
}
