namespace EzAudit.Formats.Secrets;

/// <summary>The magnetic track around a card number (ISO/IEC 7813): name, expiry date and service code must not be stored any more than the number.</summary>
internal static class Track
{
    private const int MaxLength = 80;
    private const int LeastData = 4;

    /// <summary>The whole track, including its start and end sentinels if present.</summary>
    public static Secret Around(scoped ref CountedText text, int card, int cardEnd) => text[cardEnd] switch
    {
        '^' => First(ref text, card, cardEnd),
        '=' or 'D' or 'd' => Second(ref text, card, cardEnd),
        _ => Secret.None,
    };

    // %B4111111111111111^DOE/JANE^2512101000000000?
    private static Secret First(scoped ref CountedText text, int card, int cardEnd)
    {
        int name = cardEnd + 1;
        int length = Math.Min(MaxLength, text.Length - name);
        int separator = text.Slice(name, length).IndexOf('^');
        if (separator < 0 || !char.IsAsciiDigit(text[name + separator + 1])) return Secret.None;
        int end = text.EndOfRun(name + separator + 1, Chars.Token, MaxLength);
        return Whole(text, text[card - 1] == 'B' && text[card - 2] == '%' ? card - 2 : card, end, cardEnd);
    }

    // ;4111111111111111=25121010000012345678?
    private static Secret Second(scoped ref CountedText text, int card, int cardEnd)
    {
        int end = text.EndOfRun(cardEnd + 1, Chars.Digits, MaxLength);
        if (end - cardEnd - 1 < LeastData) return Secret.None;
        return Whole(text, text[card - 1] == ';' ? card - 1 : card, end, cardEnd);
    }

    private static Secret Whole(in CountedText text, int start, int end, int cardEnd) => new(start, text[end] == '?' ? end + 1 : end, cardEnd);
}
