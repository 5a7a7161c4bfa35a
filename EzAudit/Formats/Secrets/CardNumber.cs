using System.Buffers;

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

    private static readonly SearchValues<string> CardWords =
        SearchValues.Create(["card", "karte", "carte", "tarjeta", "cart\u00e3o", "visa", "master", "amex", "credit", "kredit", "debit", "pan"], StringComparison.OrdinalIgnoreCase);

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
        if (Track.Around(ref text, at, cardEnd) is { IsNone: false } track) return track;
        if (!IsEnd(text, cardEnd) || (cardEnd == end && !IsLikely(ref text, at, end))) return Secret.None;
        return new Secret(at, cardEnd, cardEnd);
    }

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
        return !IdWords.IsEndOf(text.Slice(word, wordEnd - word));
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

    private static bool IsCard(ReadOnlySpan<char> digits) => CardIssuers.Know(digits) && HasCheckDigit(digits);

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
