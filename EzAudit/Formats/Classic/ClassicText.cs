using System.Buffers;
using System.Globalization;
using System.Text;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.Classic;

/// <summary>The escaping of the classic format: no text can end its record, start another or change its header.</summary>
/// <remarks>
/// Optimized for speed: plain ASCII is checked and narrowed in one pass; in any other text a vectorized search finds the first character
/// to escape, and the rest is walked once.
/// Measured by the benchmark of the classic format.
/// </remarks>
internal static class ClassicText
{
    private const string Letters = " !\"#$%&'()*+,-./0123456789;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~";

    // The characters that never need an escape in each position. All others are examined one by one.
    private static readonly SearchValues<char> CleanInValue = SearchValues.Create(Letters + ":]\t");
    private static readonly SearchValues<char> CleanInName = SearchValues.Create(Letters + "]");
    private static readonly SearchValues<char> CleanInHeader = SearchValues.Create(Letters + ":");
    private static readonly SearchValues<char> CleanInId = SearchValues.Create(Letters);

    public static void WriteValue(ref Utf8Output output, scoped ReadOnlySpan<char> text) =>
        Write(ref output, text, CleanInValue, TextPlace.Value, PlainAscii.NoOther);

    public static void WriteName(ref Utf8Output output, scoped ReadOnlySpan<char> text) =>
        Write(ref output, text, CleanInName, TextPlace.Name, ':');

    public static void WriteAddress(ref Utf8Output output, scoped ReadOnlySpan<char> text)
    {
        // In its brackets, such an address would look like the start of a record.
        if (ClassicHeader.IsTimeInBlanks(text))
        {
            WriteEscape(ref output, text[0]);
            text = text[1..];
        }
        Write(ref output, text, CleanInHeader, TextPlace.Address, PlainAscii.NoOther);
    }

    public static void WriteLogin(ref Utf8Output output, scoped ReadOnlySpan<char> text) =>
        Write(ref output, text, CleanInHeader, TextPlace.Login, PlainAscii.NoOther);

    public static void WriteId(ref Utf8Output output, scoped ReadOnlySpan<char> text) =>
        Write(ref output, text, CleanInId, TextPlace.Id, ':');

    private static void Write(ref Utf8Output output, scoped ReadOnlySpan<char> text, SearchValues<char> clean, TextPlace place, char notPlain)
    {
        if (output.TryWritePlain(text, notPlain)) return;
        int unclean = text.IndexOfAnyExcept(clean);
        if (unclean < 0) output.WriteAscii(text);
        else WriteEscaped(ref output, text, unclean, place);
    }

    private static void WriteEscaped(ref Utf8Output output, scoped ReadOnlySpan<char> text, int unclean, TextPlace place)
    {
        int from = 0;
        for (int i = unclean; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }
            if (!MustEscape(text, i, place)) continue;
            output.WriteText(text[from..i]);
            from = i + 1;
            if (text[i] == '\n' && place == TextPlace.Value) output.Write("\n\t"u8);
            else WriteEscape(ref output, text[i]);
        }
        output.WriteText(text[from..]);
    }

    private static bool MustEscape(ReadOnlySpan<char> text, int i, TextPlace place)
    {
        bool inHeader = place is TextPlace.Address or TextPlace.Login or TextPlace.Id;
        return text[i] switch
        {
            '\t' => inHeader || (place == TextPlace.Name && i == 0),
            '\\' => text[i..].StartsWith(@"\u{"),
            ':' => place == TextPlace.Id || (place == TextPlace.Name && text[i..].StartsWith(": ")),
            ']' => inHeader,
            '[' => inHeader || BeginsHeader(text, i, place),
            char other => IsUnprintable(other),
        };
    }

    // A reader takes the start of a header inside a line for a record glued to a torn one, so no text may contain one,
    // except after the TAB of a continuation line, where the reader ignores it.
    private static bool BeginsHeader(ReadOnlySpan<char> text, int i, TextPlace place)
    {
        if (place == TextPlace.Name) return (i == 0 && text.StartsWith("[ ")) || ClassicHeader.StartsWithHeader(text[i..]);
        return ClassicHeader.StartsWithHeader(text[i..]) && (i == 0 || text[i - 1] != '\n');
    }

    /// <summary>Whether terminals do not show a character as itself, or it changes how others are shown. This includes lone surrogates and TAB.</summary>
    public static bool IsUnprintable(char c) =>
        c < ' '
        || (c >= '\x7f' && c <= '\x9f')
        || (c >= '\u061c' && c is '\u061c' or '\u200e' or '\u200f'
            or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
            or (>= '\ud800' and <= '\udfff') or '\ufeff');

    /// <summary>Writes <c>\u{h}</c>, the escape of a character in every human-readable format.</summary>
    public static void WriteEscape(ref Utf8Output output, char c)
    {
        output.Write(@"\u{"u8);
        ((int)c).TryFormat(output.Room(8), out int written, "x", CultureInfo.InvariantCulture);
        output.Advance(written);
        output.Write("}"u8);
    }

    /// <summary>Decodes bytes of a log and undoes their escapes.</summary>
    public static string Read(ReadOnlySpan<byte> bytes) => Unescape(Encoding.UTF8.GetString(bytes));

    /// <summary>The same for a text that may have continuation lines.</summary>
    public static string ReadLines(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> lineEnd)
    {
        if (!bytes.Contains((byte)'\n')) return Read(bytes);
        string text = Encoding.UTF8.GetString(bytes);
        if (lineEnd.Length == 2) text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return Unescape(text.Replace("\n\t", "\n", StringComparison.Ordinal));
    }

    /// <summary>Undoes the escapes of a text: each <c>\u{h}</c> that a writer can have produced. Others stay.</summary>
    public static string Unescape(string text)
    {
        int escape = text.IndexOf(@"\u{", StringComparison.Ordinal);
        if (escape < 0) return text;
        var result = new StringBuilder(text.Length);
        ReadOnlySpan<char> rest = text;
        while (escape >= 0)
        {
            result.Append(rest[..escape]);
            rest = rest[escape..];
            int length = TryReadEscape(rest, out char c);
            if (length > 0)
            {
                result.Append(c);
                rest = rest[length..];
            }
            else
            {
                result.Append(@"\u{");
                rest = rest[3..];
            }
            escape = rest.IndexOf(@"\u{", StringComparison.Ordinal);
        }
        return result.Append(rest).ToString();
    }

    // The length of the escape; 0 if it is not one.
    private static int TryReadEscape(ReadOnlySpan<char> text, out char c)
    {
        c = '\0';
        int value = 0;
        int i = 3;
        for (; i < text.Length && i < 7 && char.IsAsciiHexDigitLower(text[i]); i++)
        {
            if (i == 4 && value == 0) return 0;
            value = (value << 4) | (char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] - 'a' + 10);
        }
        if (i == 3 || i == text.Length || text[i] != '}') return 0;
        c = (char)value;
        return i + 1;
    }

    /// <summary>Escapes the unprintable characters of a text for display.</summary>
    public static string Visible(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (IsUnprintable(c) && !char.IsSurrogate(c)) result.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
            else result.Append(c);
        }
        return result.ToString();
    }
}

/// <summary>The position of a text in a classic record, which decides what must be escaped.</summary>
internal enum TextPlace
{
    Value,
    Name,
    Address,
    Login,
    Id,
}
