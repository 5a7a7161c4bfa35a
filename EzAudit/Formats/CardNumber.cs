namespace EzAudit.Formats;

/// <summary>Finds the numbers of payment cards in a text: 13 to 19 digits of a known prefix, with the right check digit.</summary>
internal static class CardNumber
{
    private const int Fewest = 13;
    private const int Most = 19;

    /// <summary>Where the next one at or behind <paramref name="start"/> stands; a length of 0 when there is none.</summary>
    public static (int Start, int Length) Find(ReadOnlySpan<char> text, int start)
    {
        while (text.Length - start >= Fewest)
        {
            int found = text[start..].IndexOfAnyInRange('0', '9');
            if (found < 0) break;
            start += found;
            if (IsBeginning(text, start) && Match(text[start..]) is var length and > 0 && IsEnd(text, start + length)) return (start, length);
            while (start < text.Length && char.IsAsciiDigit(text[start])) start++;
        }
        return (text.Length, 0);
    }

    // Not the rest of a word, of a hexadecimal number or of a fraction.
    private static bool IsBeginning(ReadOnlySpan<char> text, int at) =>
        at == 0 || (!char.IsLetterOrDigit(text[at - 1]) && !(at > 1 && text[at - 1] is '.' or '-' && at > 1 && char.IsLetterOrDigit(text[at - 2])));

    private static bool IsEnd(ReadOnlySpan<char> text, int at) =>
        at == text.Length || (!char.IsLetterOrDigit(text[at]) && !(text[at] is '.' or '-' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1])));

    // The longest run of digit groups that is a card: what stands behind a blank may be its date.
    private static int Match(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[Most];
        int count = 0;
        int matched = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                if (count == Most) return matched;
                digits[count++] = text[i];
                bool endsGroup = i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]);
                if (endsGroup && count >= Fewest && IsCard(digits[..count])) matched = i + 1;
            }
            else if (text[i] is not (' ' or '-') || i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]))
            {
                return matched;
            }
        }
        return matched;
    }

    private static bool IsCard(ReadOnlySpan<char> digits) => HasPrefix(digits) && HasCheckDigit(digits);

    private static bool HasPrefix(ReadOnlySpan<char> digits)
    {
        int first = int.Parse(digits[..4], provider: null);
        return digits.Length switch
        {
            13 => first is >= 4000 and < 5000,
            14 => first is (>= 3000 and < 3060) or (>= 3600 and < 3700) or (>= 3800 and < 4000),
            15 => first is (>= 3400 and < 3500) or (>= 3700 and < 3800),
            16 or 19 when first is >= 4000 and < 5000 => true,
            16 when first is (>= 5100 and < 5600) or (>= 2221 and <= 2720) => true,
            >= 16 => first is 6011 or (>= 6200 and < 6300) or (>= 6440 and < 6600) or (>= 3528 and < 3590) or 5018 or 5020 or 5038 or 5893 or 6304 or 6759 or (>= 6761 and <= 6763),
            _ => false,
        };
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
