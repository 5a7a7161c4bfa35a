namespace EzAudit.Formats.Secrets;

/// <summary>What stands in place of a secret.</summary>
internal static class SecretMask
{
    public const string Text = "[redacted]";
    private const string CardStart = "[redacted:";
    private const string DigestStart = "[hmac-sha256:";
    private const int DigestLength = 78;

    /// <summary>A card with its last four digits, which PCI DSS allows to be shown: the record still says which one it was.</summary>
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

    /// <summary>Whether a text is a mask already. A record that was prepared has been here before: a digest of a digest could be compared with nothing.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) =>
        text is Text
        || (text.Length == CardStart.Length + 5 && text.StartsWith(CardStart) && text[^1] == ']')
        || (text.Length == DigestLength && text.StartsWith(DigestStart) && text[^1] == ']');
}
