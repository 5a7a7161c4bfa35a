using System.Text;

namespace EzAudit.Reading.Matching;

/// <summary>Texts that stand in a log as they are, byte for byte, in every record without an escape.</summary>
internal static class PlainText
{
    /// <summary>The bytes of a text, if no part of it could stand otherwise; else <see langword="null"/>.</summary>
    public static byte[]? TryBytes(string text) => Longest(text).Length == text.Length ? Encoding.UTF8.GetBytes(text) : null;

    /// <summary>The longest part of a text of which that is true.</summary>
    public static ReadOnlySpan<char> Longest(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> longest = default;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (!isPair && IsOtherwise(text[i])) start = i + 1;
            else if (isPair) i++;
            if (i + 1 - start > longest.Length) longest = text[start..(i + 1)];
        }
        return longest;
    }

    /// <summary>
    /// The longest part of a text that stands so, but for the case of its letters, in every value that equals it in one case or the other: ordinal comparison takes
    /// no letter outside of ASCII for one of ASCII.
    /// </summary>
    public static ReadOnlySpan<char> LongestAscii(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> longest = default;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~') start = i + 1;
            if (i + 1 - start > longest.Length) longest = text[start..(i + 1)];
        }
        return longest;
    }

    // Line breaks and tabs are written with continuation lines around them; U+FFFD is what bad bytes are read as.
    private static bool IsOtherwise(char c) => c < ' ' || c == '\ufffd' || char.IsSurrogate(c);
}
