using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.Pattern;

/// <summary>Parses a pattern as log4net does: the longest matching name is the conversion.</summary>
internal static class PatternParser
{
    public const string Key = "Pattern";

    /// <summary>Literals (as text) and conversions in order.</summary>
    /// <exception cref="AuditComponentSettingsException">The pattern contains an unknown conversion.</exception>
    public static IEnumerable<(string? Literal, PatternConversion? Conversion)> Parse(string pattern)
    {
        int i = 0;
        while (i < pattern.Length)
        {
            int percent = pattern.IndexOf('%', i);
            if (percent != i)
            {
                yield return (pattern[i..(percent < 0 ? pattern.Length : percent)], null);
                if (percent < 0) yield break;
            }
            i = percent + 1;
            if (i < pattern.Length && pattern[i] == '%')
            {
                yield return ("%", null);
                i++;
                continue;
            }
            yield return (null, ReadConversion(pattern, percent, ref i));
        }
    }

    private static PatternConversion ReadConversion(string pattern, int percent, ref int i)
    {
        Padding padding = ReadPadding(pattern, ref i);
        int at = i;
        string? name = PatternConversions.Names.FirstOrDefault(name => string.CompareOrdinal(pattern, at, name, 0, name.Length) == 0);
        if (name is null) throw Refuse(percent + 1, WordAt(pattern, percent), $"one of {string.Join(' ', PatternConversions.Suggestions)}");
        i += name.Length;
        string? option = null;
        if (i < pattern.Length && pattern[i] == '{')
        {
            int close = pattern.IndexOf('}', i);
            if (close < 0) throw Refuse(percent + 1, pattern[percent..], "a closing brace after it");
            option = pattern[(i + 1)..close];
            i = close + 1;
        }
        return new PatternConversion(name, option, padding, percent + 1, pattern[percent..i]);
    }

    private static Padding ReadPadding(string pattern, ref int i)
    {
        bool isLeft = i < pattern.Length && pattern[i] == '-';
        if (isLeft) i++;
        int least = ReadNumber(pattern, ref i) ?? 0;
        int most = int.MaxValue;
        if (i < pattern.Length && pattern[i] == '.')
        {
            i++;
            most = ReadNumber(pattern, ref i) ?? int.MaxValue;
        }
        return new Padding(least, most, isLeft);
    }

    private static int? ReadNumber(string pattern, ref int i)
    {
        int start = i;
        while (i < pattern.Length && char.IsAsciiDigit(pattern[i])) i++;
        if (i == start) return null;
        return int.TryParse(pattern.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MaxWidth
            ? number
            : throw Refuse(start + 1, pattern[start..i], $"a width of at most {MaxWidth}");
    }

    private const int MaxWidth = 10_000;

    /// <summary>Creates the settings error for a position in the pattern.</summary>
    public static AuditComponentSettingsException Refuse(int at, string found, string expected) =>
        new(Key, $"instead of \"{found}\" at character {at}, {expected}");

    // The text that the author of the pattern probably meant as a conversion.
    private static string WordAt(string pattern, int percent)
    {
        int end = percent + 1;
        while (end < pattern.Length && (char.IsLetterOrDigit(pattern[end]) || pattern[end] is '-' or '.')) end++;
        return pattern[percent..end];
    }
}

/// <summary>A conversion of a pattern.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Option">The text in the braces after it; <see langword="null"/> if there are none.</param>
/// <param name="Padding">Its modifiers.</param>
/// <param name="At">The position of its percent sign, from 1.</param>
/// <param name="Text">The whole conversion.</param>
internal sealed record PatternConversion(string Name, string? Option, Padding Padding, int At, string Text);

/// <summary>The modifiers of a conversion, <c>%-5.10x</c>: its minimum and maximum width. Counts characters, not bytes.</summary>
/// <param name="Least">The minimum width, reached by adding blanks.</param>
/// <param name="Most">The maximum width; the end of a longer text is kept.</param>
/// <param name="IsLeft">Whether the blanks follow the text.</param>
internal readonly record struct Padding(int Least, int Most, bool IsLeft)
{
    public static Padding None => new(0, int.MaxValue, IsLeft: false);

    public void Write(ref Utf8Output line, ReadOnlySpan<byte> text)
    {
        int width = CountCharacters(text);
        if (width > Most) text = SkipCharacters(text, width - Most);
        int blanks = Math.Max(0, Least - Math.Min(width, Most));
        if (!IsLeft) WriteBlanks(ref line, blanks);
        line.Write(text);
        if (IsLeft) WriteBlanks(ref line, blanks);
    }

    private static void WriteBlanks(ref Utf8Output line, int count)
    {
        for (; count > 0; count--) line.WriteByte((byte)' ');
    }

    private static int CountCharacters(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte b in text) count += BeginsCharacter(b) ? 1 : 0;
        return count;
    }

    private static ReadOnlySpan<byte> SkipCharacters(ReadOnlySpan<byte> text, int count)
    {
        int at = 0;
        while (at < text.Length && !(BeginsCharacter(text[at]) && count-- == 0)) at++;
        return text[at..];
    }

    private static bool BeginsCharacter(byte b) => (b & 0xc0) != 0x80;
}
