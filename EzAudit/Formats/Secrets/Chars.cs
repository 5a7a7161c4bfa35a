using System.Buffers;

namespace EzAudit.Formats.Secrets;

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
