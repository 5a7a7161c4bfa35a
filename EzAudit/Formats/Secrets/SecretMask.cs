namespace EzAudit.Formats.Secrets;

/// <summary>The replacement for a secret.</summary>
internal static class SecretMask
{
    public const string Text = "[redacted]";
    private const string CardStart = "[redacted:";
    private const string DigestStart = "[hmac-sha256:";
    private const int DigestLength = 78;

    /// <summary>A card with its last four digits, which PCI DSS allows to be shown: the record still identifies the card.</summary>
    public static string OfCard(ReadOnlySpan<char> number)
    {
        Span<char> last = stackalloc char[4];
        int left = last.Length;
        for (int i = number.Length - 1; i >= 0 && left > 0; i--)
        {
            if (char.IsAsciiDigit(number[i])) last[--left] = number[i];
        }
        return $"{CardStart}{last}]";
    }

    public static string OfDigest(string hexadecimal) => $"{DigestStart}{hexadecimal}]";

    /// <summary>Whether a text is already a mask. A prepared record was masked before, and a digest of a digest could not be compared with anything.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) =>
        text is Text
        || (text.Length == CardStart.Length + 5 && text.StartsWith(CardStart) && text[^1] == ']')
        || (text.Length == DigestLength && text.StartsWith(DigestStart) && text[^1] == ']');
}
