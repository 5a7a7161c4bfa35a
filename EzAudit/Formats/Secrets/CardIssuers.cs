using System.Globalization;

namespace EzAudit.Formats.Secrets;

/// <summary>The number ranges that card networks have issued, with their lengths (ISO/IEC 7812; the networks' published BIN ranges).</summary>
internal static class CardIssuers
{
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

    /// <summary>Whether a network issues cards with such a number; ignores the check digit.</summary>
    public static bool Know(ReadOnlySpan<char> digits)
    {
        int prefix = int.Parse(digits[..6], NumberStyles.None, CultureInfo.InvariantCulture);
        foreach ((int first, int last, int[] lengths) in Ranges)
        {
            if (prefix >= first && prefix <= last && lengths.AsSpan().Contains(digits.Length)) return true;
        }
        return false;
    }
}
