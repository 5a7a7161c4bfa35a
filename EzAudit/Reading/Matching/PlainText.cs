using System.Text;

namespace EzAudit.Reading.Matching;

/// <summary>Finds texts that appear in a log byte for byte, in every record without an escape.</summary>
internal static class PlainText
{
    /// <summary>The bytes of a text if a log can represent it in only one way; else <see langword="null"/>.</summary>
    public static byte[]? TryBytes(string text) => Longest(text).Length == text.Length ? Encoding.UTF8.GetBytes(text) : null;

    /// <summary>The longest part of a text for which that is true.</summary>
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
    /// The longest ASCII part of a text that appears in every value that equals the text when case is ignored: ordinal comparison never equates
    /// a letter outside of ASCII with an ASCII letter.
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

    // Line breaks and tabs are written with continuation lines around them; invalid bytes are read as U+FFFD.
    private static bool IsOtherwise(char c) => c < ' ' || c == '\ufffd' || char.IsSurrogate(c);
}
