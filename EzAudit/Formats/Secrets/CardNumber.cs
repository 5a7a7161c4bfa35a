using System.Buffers;
using System.Globalization;

namespace EzAudit.Formats.Secrets;

/// <summary>Finds payment card numbers: digits of an issuer's range and length with a valid check digit, grouped or not, and the magnetic tracks around them.</summary>
/// <remarks>
/// One number in ten has a valid check digit by chance. So an ungrouped number after a word such as "order" or "EAN" is taken to be
/// what that word says, and 13 ungrouped digits, which are EAN codes today and hardly ever cards, need a word such as "card" before them.
/// </remarks>
internal static class CardNumber
{
    public const int Fewest = 13;
    private const int Most = 19;
    private const int LeastFirstGroup = 4;
    private const int LeastGroup = 3;
    private const int Context = 32;
    private const int MaxTrack = 80;
    private const int LeastTrackData = 4;

    private static readonly SearchValues<string> CardWords =
        SearchValues.Create(["card", "karte", "carte", "tarjeta", "cart\u00e3o", "visa", "master", "amex", "credit", "kredit", "debit", "pan"], StringComparison.OrdinalIgnoreCase);

    // The ranges that card networks have issued, with their lengths (ISO/IEC 7812; the networks' published BIN ranges).
    private static readonly (int First, int Last, int[] Lengths)[] Ranges =
    [
        (400000, 499999, [13, 16, 19]),                     // Visa
        (510000, 559999, [16]), (222100, 272099, [16]),     // Mastercard
        (340000, 349999, [15]), (370000, 379999, [15]),     // American Express
        (300000, 305999, [14]), (309500, 309599, [14]), (360000, 369999, [14]), (380000, 399999, [14]), // Diners Club
        (601100, 601199, [16, 19]), (644000, 659999, [16, 19]),                                         // Discover, RuPay
        (352800, 358999, [16, 19]),                         // JCB
        (620000, 629999, [16, 17, 18, 19]), (810000, 817199, [16]),                                     // UnionPay
        (501800, 501899, [16, 18, 19]), (502000, 502099, [16, 18, 19]), (503800, 503899, [16, 18, 19]), (589300, 589399, [16, 18, 19]), // Maestro
        (630400, 630499, [16, 18, 19]), (675900, 675999, [16, 18, 19]), (676100, 676399, [16, 18, 19]),
        (501900, 501999, [16]),                             // Dankort
        (220000, 220499, [16, 18, 19]),                     // Mir
        (506099, 506198, [16, 18, 19]),                     // Verve
        (979200, 979289, [16]),                             // Troy
        (506699, 506778, [16]), (509000, 509999, [16]), (627780, 627780, [16]), (636297, 636368, [16]), // Elo
        (508500, 508999, [16]), (606985, 607984, [16]), (608001, 608500, [16]), (652150, 653149, [16]), // RuPay
    ];

    private static readonly SearchValues<char> WordGaps = SearchValues.Create(" :#=.\"'(");

    /// <summary>The next card number at or after <paramref name="start"/>.</summary>
    public static Secret Find(scoped ref CountedText text, int start)
    {
        while (text.Length - start >= Fewest)
        {
            int at = text.Find(start, Chars.Digits);
            if (at == text.Length) break;
            int end = text.EndOfRun(at, Chars.Digits);
            if (IsIban(text, at, end)) end = EndOfIban(ref text, end);
            else if (end - at is >= LeastFirstGroup and <= Most && IsBeginning(text, at) && Match(ref text, at, end) is { IsNone: false } card) return card;
            start = end;
        }
        return Secret.None;
    }

    private static Secret Match(scoped ref CountedText text, int at, int end)
    {
        int cardEnd = LongestCard(ref text, at, end);
        if (cardEnd == 0) return Secret.None;
        if (TrackAround(ref text, at, cardEnd) is { IsNone: false } track) return track;
        if (!IsEnd(text, cardEnd) || (cardEnd == end && !IsLikely(ref text, at, end))) return Secret.None;
        return new Secret(at, cardEnd, cardEnd);
    }

    // The magnetic track around a card number (ISO/IEC 7813), including its start and end sentinels if present: name, expiry date and service
    // code must not be stored any more than the number.
    private static Secret TrackAround(scoped ref CountedText text, int card, int cardEnd) => text[cardEnd] switch
    {
        '^' => FirstTrack(ref text, card, cardEnd),
        '=' or 'D' or 'd' => SecondTrack(ref text, card, cardEnd),
        _ => Secret.None,
    };

    // %B4111111111111111^DOE/JANE^2512101000000000?
    private static Secret FirstTrack(scoped ref CountedText text, int card, int cardEnd)
    {
        int name = cardEnd + 1;
        int length = Math.Min(MaxTrack, text.Length - name);
        int separator = text.Slice(name, length).IndexOf('^');
        if (separator < 0 || !char.IsAsciiDigit(text[name + separator + 1])) return Secret.None;
        int end = text.EndOfRun(name + separator + 1, Chars.Token, MaxTrack);
        return WholeTrack(text, text[card - 1] == 'B' && text[card - 2] == '%' ? card - 2 : card, end, cardEnd);
    }

    // ;4111111111111111=25121010000012345678?
    private static Secret SecondTrack(scoped ref CountedText text, int card, int cardEnd)
    {
        int end = text.EndOfRun(cardEnd + 1, Chars.Digits, MaxTrack);
        if (end - cardEnd - 1 < LeastTrackData) return Secret.None;
        return WholeTrack(text, text[card - 1] == ';' ? card - 1 : card, end, cardEnd);
    }

    private static Secret WholeTrack(in CountedText text, int start, int end, int cardEnd) => new(start, text[end] == '?' ? end + 1 : end, cardEnd);

    // The longest run of groups that forms a card number: what follows a blank may be its date.
    private static int LongestCard(scoped ref CountedText text, int at, int end)
    {
        Span<char> digits = stackalloc char[Most];
        int count = 0;
        int longest = 0;
        while (count + end - at <= Most)
        {
            text.Slice(at, end - at).CopyTo(digits[count..]);
            count += end - at;
            if (count >= Fewest && IsCard(digits[..count])) longest = end;
            if (!Chars.GroupSeparators.Contains(text[end]) || !char.IsAsciiDigit(text[end + 1])) break;
            at = end + 1;
            end = text.EndOfRun(at, Chars.Digits, Most + 1);
            if (end - at < LeastGroup) break;
        }
        return longest;
    }

    // Not the rest of a word, hexadecimal number, fraction or telephone number.
    private static bool IsBeginning(in CountedText text, int at)
    {
        char before = text[at - 1];
        if (before == 'B' && text[at - 2] == '%') return true;
        return before != '+' && !char.IsLetterOrDigit(before) && !(before is '.' or '-' && char.IsLetterOrDigit(text[at - 2]));
    }

    private static bool IsEnd(in CountedText text, int at) =>
        !char.IsLetterOrDigit(text[at]) && !(text[at] is '.' or '-' && char.IsLetterOrDigit(text[at + 1]));

    // The word before an ungrouped number tells what it is.
    private static bool IsLikely(scoped ref CountedText text, int at, int end)
    {
        int from = Math.Max(0, at - Context);
        if (text.Slice(from, at - from).ContainsAny(CardWords)) return true;
        if (end - at == Fewest) return false;
        int wordEnd = text.StartOfRun(at, WordGaps, Context);
        int word = text.StartOfRun(wordEnd, Chars.Letters, Context);
        return !SecretNames.IsId(text.Slice(word, wordEnd - word));
    }

    private static bool IsIban(in CountedText text, int at, int end) =>
        end - at >= 2 && char.IsAsciiLetterUpper(text[at - 1]) && char.IsAsciiLetterUpper(text[at - 2]) && !char.IsLetterOrDigit(text[at - 3]);

    // Groups of four, the last one shorter; at most 34 characters.
    private static int EndOfIban(scoped ref CountedText text, int end)
    {
        for (int groups = 0; groups < 8 && text[end] == ' ' && char.IsAsciiLetterOrDigit(text[end + 1]); groups++)
        {
            int next = text.EndOfRun(end + 1, Chars.Name, 5);
            if (next - end - 1 > 4) break;
            end = next;
        }
        return end;
    }

    private static bool IsCard(ReadOnlySpan<char> digits) => IsIssued(digits) && HasCheckDigit(digits);

    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        int prefix = int.Parse(digits[..6], NumberStyles.None, CultureInfo.InvariantCulture);
        foreach ((int first, int last, int[] lengths) in Ranges)
        {
            if (prefix >= first && prefix <= last && lengths.AsSpan().Contains(digits.Length)) return true;
        }
        return false;
    }

    // Luhn.
    private static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }
        return sum % 10 == 0;
    }
}
