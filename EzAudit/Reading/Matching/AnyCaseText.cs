using System.Text;

namespace EzAudit.Reading.Matching;

/// <summary>ASCII text that is searched for in either case.</summary>
/// <remarks>Optimized for speed: a vectorized search for its rarest letter, then a comparison. Measured by search with <c>-i</c> in the file of the benchmark read-back.</remarks>
internal sealed class AnyCaseText
{
    // From the rarest to the most frequent letter in English; other characters are rarer in a log than most letters.
    private const string ByRarity = "zqxjkvbpygfwmucldrhsnioate";

    private readonly byte[] _text;
    private readonly int _anchor;
    private readonly byte _lower;
    private readonly byte _upper;

    public AnyCaseText(byte[] text)
    {
        _text = text;
        _anchor = Enumerable.Range(0, text.Length).MinBy(i => Rank((char)text[i]));
        _lower = (byte)char.ToLowerInvariant((char)text[_anchor]);
        _upper = (byte)char.ToUpperInvariant((char)text[_anchor]);
    }

    /// <summary>The first match; -1 if there is none.</summary>
    public int IndexIn(ReadOnlySpan<byte> bytes)
    {
        int last = bytes.Length - _text.Length;
        for (int at = 0; at <= last; at++)
        {
            int found = bytes[(at + _anchor)..(last + _anchor + 1)].IndexOfAny(_lower, _upper);
            if (found < 0) return -1;
            at += found;
            if (Ascii.EqualsIgnoreCase(bytes.Slice(at, _text.Length), _text)) return at;
        }
        return -1;
    }

    // Line ends and blanks are everywhere.
    private static int Rank(char c) => c <= ' ' ? int.MaxValue : ByRarity.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal) is >= 0 and int rank ? rank : 7;
}
