using System.Buffers;

namespace EzAudit.Formats.Secrets;

/// <summary>The sets of characters that secrets are made of and end at.</summary>
internal static class Chars
{
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Numbers = "0123456789";

    public static SearchValues<char> Digits { get; } = SearchValues.Create(Numbers);

    public static SearchValues<char> Letters { get; } = SearchValues.Create(Upper + Lower);

    public static SearchValues<char> Blanks { get; } = SearchValues.Create(" \t");

    public static SearchValues<char> Space { get; } = SearchValues.Create(" \t\r\n");

    /// <summary>What keys such as <c>client_secret</c> or <c>X-Api-Key</c> consist of in texts.</summary>
    public static SearchValues<char> Name { get; } = SearchValues.Create(Upper + Lower + Numbers + "_-.");

    /// <summary>What tokens and Base64 consist of.</summary>
    public static SearchValues<char> Token { get; } = SearchValues.Create(Upper + Lower + Numbers + "_-.~+/=");

    /// <summary>One part of a JSON web token.</summary>
    public static SearchValues<char> Base64Url { get; } = SearchValues.Create(Upper + Lower + Numbers + "_-");

    /// <summary>Where an unquoted value ends.</summary>
    public static SearchValues<char> ValueEnd { get; } = SearchValues.Create(" \t\r\n\"'<>&;,)}`");

    public static SearchValues<char> LineEnd { get; } = SearchValues.Create("\r\n\u2028\u2029");

    /// <summary>Where an entry of a connection string ends.</summary>
    public static SearchValues<char> EntryEnd { get; } = SearchValues.Create(";\r\n\"");

    /// <summary>Where the authority of a URL ends.</summary>
    public static SearchValues<char> AuthorityEnd { get; } = SearchValues.Create("/?# \t\r\n\"'<>\\`");

    /// <summary>What stands between the groups of a card number.</summary>
    public static SearchValues<char> GroupSeparators { get; } = SearchValues.Create(" -._\u00a0\u2007\u2009\u202f\u2010\u2011\u2012\u2013\u2014\u2015\u2212");
}
