using System.Buffers;
using System.Text.RegularExpressions;

namespace EzAudit.Formats;

/// <summary>Finds secrets inside a value whatever its field is called: private keys, bearer tokens, JSON web tokens, card numbers.</summary>
internal static class SecretTexts
{
    // "bearer" with a token of one digit; the other patterns are longer.
    private const int Shortest = 8;

    private static readonly SearchValues<string> Signs = SearchValues.Create(["-----BEGIN", "bearer", "eyJ"], StringComparison.OrdinalIgnoreCase);

    // Without backtracking: a hostile value takes no longer than another. A private key may lack its end.
    // In lower case, "bearer" is a word like any other unless a digit follows in the same token.
    private static readonly Regex Pattern = new(
        @"-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----|\z)"
        + @"|\b(?:Bearer|BEARER)[ \t]+[A-Za-z0-9._~+/=-]{3,}|\bbearer[ \t]+[A-Za-z._~+/=-]*[0-9][A-Za-z0-9._~+/=-]*"
        + @"|\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Whether <see cref="Replace"/> may find one; told at no cost to speak of.</summary>
    public static bool MayBeIn(string value) => value.Length >= Shortest && (value.AsSpan().ContainsAny(Signs) || CardNumber.Find(value, 0).Length > 0);

    /// <summary>The value with every secret replaced; <see langword="null"/> when there is none.</summary>
    public static string? Replace(string value, Func<string, string> replacement)
    {
        if (value.Length < Shortest) return null;
        string text = value.AsSpan().ContainsAny(Signs) ? ReplacePattern(value, replacement) : value;
        (int Start, int Length) card = CardNumber.Find(text, 0);
        while (card.Length > 0)
        {
            string put = replacement(text.Substring(card.Start, card.Length));
            text = string.Concat(text.AsSpan(0, card.Start), put, text.AsSpan(card.Start + card.Length));
            card = CardNumber.Find(text, card.Start + put.Length);
        }
        return text == value ? null : text;
    }

    // A method of its own: the closure would be made at the entry of the other, for every value.
    private static string ReplacePattern(string value, Func<string, string> replacement) => Pattern.Replace(value, match => replacement(match.Value));
}
