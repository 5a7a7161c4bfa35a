using System.Text;

namespace EzAudit.Formats.Classic;

/// <summary>The first line of a classic record: <c>[ May 23 2007 14:47:58 ] [address] [login:id]</c>.</summary>
internal static class ClassicHeader
{
    /// <summary>The length of <c>[ May 23 2007 14:47:58 ] [</c>, which identifies a header.</summary>
    public const int StartLength = 26;

    private const int TimeAt = 2;

    /// <summary>Whether the bytes start with a header whose date exists.</summary>
    public static bool StartsWithHeader(ReadOnlySpan<byte> bytes) => TryReadTime(bytes, out _);

    /// <summary>The same for a text: reader and writer must agree.</summary>
    public static bool StartsWithHeader(ReadOnlySpan<char> text)
    {
        if (text.Length < StartLength || text[1] != ' ') return false;
        Span<byte> bytes = stackalloc byte[StartLength];
        Ascii.FromUtf16(text[..StartLength], bytes, out int written);
        return written == StartLength && StartsWithHeader(bytes);
    }

    /// <summary>Whether a text is a time between two blanks.</summary>
    public static bool IsTimeInBlanks(ReadOnlySpan<char> text)
    {
        if (text.Length != ClassicTime.Length + 2 || text[0] != ' ' || text[^1] != ' ') return false;
        Span<byte> bytes = stackalloc byte[ClassicTime.Length];
        Ascii.FromUtf16(text[1..^1], bytes, out int written);
        return written == bytes.Length && ClassicTime.TryParse(bytes, out _);
    }

    /// <summary>Whether more bytes could complete the start of a header.</summary>
    public static bool IsStartOfHeader(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> shape = "[ Mmm 00 0000 00:00:00 ] ["u8;
        if (bytes.Length >= shape.Length) return StartsWithHeader(bytes);
        for (int i = 0; i < bytes.Length; i++)
        {
            bool fits = shape[i] switch
            {
                (byte)'0' => char.IsAsciiDigit((char)bytes[i]),
                (byte)'M' => char.IsAsciiLetterUpper((char)bytes[i]),
                (byte)'m' => char.IsAsciiLetterLower((char)bytes[i]),
                byte exact => bytes[i] == exact,
            };
            if (!fits) return false;
        }
        return true;
    }

    /// <summary>
    /// Splits a line that starts with a header and has no line end: finds the end of the address and the starts of login and id.
    /// </summary>
    public static bool TrySplit(ReadOnlySpan<byte> line, out int addressEnd, out int login, out int id)
    {
        addressEnd = login = id = 0;
        int addressLength = line[StartLength..].IndexOf("] ["u8);
        if (addressLength < 0 || line[^1] != ']') return false;
        addressEnd = StartLength + addressLength;
        login = addressEnd + 3;
        if (login >= line.Length) return false;
        // eZ Publish writes a login unescaped, so it may contain colons and brackets: the id is taken from the right.
        int colon = line[login..^1].LastIndexOf((byte)':');
        id = login + colon + 1;
        return colon >= 0;
    }

    /// <summary>Reads the time of the header at the start of some bytes.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> bytes, out DateTime localTime)
    {
        localTime = default;
        return bytes.Length >= StartLength
            && bytes.StartsWith("[ "u8)
            && bytes[(TimeAt + ClassicTime.Length)..].StartsWith(" ] ["u8)
            && ClassicTime.TryParse(bytes.Slice(TimeAt, ClassicTime.Length), out localTime);
    }

    /// <summary>The first header that begins in [from, to) and is not the text of a continuation line; -1 if there is none.</summary>
    public static int Find(ReadOnlySpan<byte> bytes, int from, int to)
    {
        while (from < to)
        {
            int at = bytes[from..Math.Min(to + 1, bytes.Length)].IndexOf("[ "u8);
            if (at < 0) return -1;
            at += from;
            if (StartsWithHeader(bytes[at..]) && !IsAfterLineTab(bytes, at)) return at;
            from = at + 1;
        }
        return -1;
    }

    /// <summary>The last header that begins in [from, to) and is not the text of a continuation line; -1 if there is none.</summary>
    public static int FindLast(ReadOnlySpan<byte> bytes, int from, int to)
    {
        while (from < to)
        {
            int at = bytes[from..Math.Min(to + 1, bytes.Length)].LastIndexOf("[ "u8);
            if (at < 0) return -1;
            at += from;
            if (StartsWithHeader(bytes[at..]) && !IsAfterLineTab(bytes, at)) return at;
            to = at;
        }
        return -1;
    }

    private static bool IsAfterLineTab(ReadOnlySpan<byte> bytes, int at) =>
        at > 0 && bytes[at - 1] == '\t' && (at == 1 || bytes[at - 2] == '\n');
}
