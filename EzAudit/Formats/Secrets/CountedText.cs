using System.Buffers;

namespace EzAudit.Formats.Secrets;

/// <summary>A text being searched. It counts the characters examined, so that a test can tell linear from quadratic work without a clock.</summary>
internal ref struct CountedText(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    public readonly int Length => _text.Length;

    /// <summary>How many characters were examined, including repeats.</summary>
    public long Work { get; private set; }

    /// <summary>The character at a position; NUL outside of the text.</summary>
    public readonly char this[int at] => (uint)at < (uint)_text.Length ? _text[at] : '\0';

    public readonly ReadOnlySpan<char> Slice(int start, int length) => _text.Slice(start, length);

    /// <summary>The next position of any of some texts or characters; the end of the text if there is none.</summary>
    public int Find(int from, SearchValues<string> values)
    {
        int found = _text[from..].IndexOfAny(values);
        return Advance(from, found < 0 ? _text.Length - from : found);
    }

    /// <inheritdoc cref="Find(int, SearchValues{string})"/>
    public int Find(int from, SearchValues<char> values)
    {
        int found = _text[from..].IndexOfAny(values);
        return Advance(from, found < 0 ? _text.Length - from : found);
    }

    /// <summary>The end of a run of some characters.</summary>
    public int EndOfRun(int from, SearchValues<char> values)
    {
        int found = _text[from..].IndexOfAnyExcept(values);
        return Advance(from, found < 0 ? _text.Length - from : found);
    }

    /// <summary>The end of a run of some characters, at most <paramref name="most"/> characters later.</summary>
    public int EndOfRun(int from, SearchValues<char> values, int most)
    {
        int length = Math.Min(most, _text.Length - from);
        int found = _text.Slice(from, length).IndexOfAnyExcept(values);
        return Advance(from, found < 0 ? length : found);
    }

    /// <summary>The start of a run of some characters that ends at a position, at most <paramref name="most"/> characters earlier.</summary>
    public int StartOfRun(int end, SearchValues<char> values, int most)
    {
        int length = Math.Min(most, end);
        int last = _text.Slice(end - length, length).LastIndexOfAnyExcept(values);
        int run = last < 0 ? length : length - last - 1;
        Work += run + 1;
        return end - run;
    }

    public readonly bool StartsWith(int at, ReadOnlySpan<char> value, StringComparison comparison = StringComparison.Ordinal) =>
        at <= _text.Length && _text[at..].StartsWith(value, comparison);

    private int Advance(int from, int length)
    {
        Work += length + 1;
        return from + length;
    }
}

/// <summary>The character sets that secrets consist of and end at.</summary>
internal static class Chars
{
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Numbers = "0123456789";

    public static SearchValues<char> Digits { get; } = SearchValues.Create(Numbers);

    public static SearchValues<char> Letters { get; } = SearchValues.Create(Upper + Lower);

    public static SearchValues<char> Blanks { get; } = SearchValues.Create(" \t");

    public static SearchValues<char> Space { get; } = SearchValues.Create(" \t\r\n");

    /// <summary>The characters of keys such as <c>client_secret</c> or <c>X-Api-Key</c> in texts.</summary>
    public static SearchValues<char> Name { get; } = SearchValues.Create(Upper + Lower + Numbers + "_-.");

    /// <summary>The characters of tokens and Base64.</summary>
    public static SearchValues<char> Token { get; } = SearchValues.Create(Upper + Lower + Numbers + "_-.~+/=");

    /// <summary>The characters of one part of a JSON web token.</summary>
    public static SearchValues<char> Base64Url { get; } = SearchValues.Create(Upper + Lower + Numbers + "_-");

    /// <summary>The characters that end an unquoted value.</summary>
    public static SearchValues<char> ValueEnd { get; } = SearchValues.Create(" \t\r\n\"'<>&;,)}`");

    public static SearchValues<char> LineEnd { get; } = SearchValues.Create("\r\n\u2028\u2029");

    /// <summary>The characters that end an entry of a connection string.</summary>
    public static SearchValues<char> EntryEnd { get; } = SearchValues.Create(";\r\n\"");

    /// <summary>The characters that end the authority of a URL.</summary>
    public static SearchValues<char> AuthorityEnd { get; } = SearchValues.Create("/?# \t\r\n\"'<>\\`");

    /// <summary>The separators between the groups of a card number.</summary>
    public static SearchValues<char> GroupSeparators { get; } = SearchValues.Create(" -._\u00a0\u2007\u2009\u202f\u2010\u2011\u2012\u2013\u2014\u2015\u2212");
}
