using System.Runtime.CompilerServices;
using System.Text;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Matching;

/// <summary>Bytes of which at least one alternative occurs in every matching record without escapes.</summary>
/// <remarks>Optimized for speed: one vectorized search per alternative, and none twice over the same bytes. Measured by the benchmark read-back.</remarks>
internal sealed class Needle
{
    public const int MaxAlternatives = 4;

    private const int SampleSize = 256 << 10;

    private readonly byte[][] _alternatives;
    private readonly byte[] _escapeStart;
    private readonly AnyCaseText? _anyCase;

    /// <param name="alternatives">The alternatives.</param>
    /// <param name="escapeStart">The bytes with which an escape begins.</param>
    /// <param name="ignoresCase">Whether the case of letters is ignored; requires a single alternative in ASCII.</param>
    public Needle(IEnumerable<string> alternatives, ReadOnlySpan<byte> escapeStart, bool ignoresCase = false)
    {
        _alternatives = [.. alternatives.Select(Encoding.UTF8.GetBytes)];
        _escapeStart = escapeStart.ToArray();
        if (ignoresCase) _anyCase = new AnyCaseText(_alternatives.Single());
    }

    public IReadOnlyList<byte[]> Alternatives => _alternatives;

    // The length of the shortest alternative.
    private int Length => _alternatives.Min(alternative => alternative.Length);

    /// <summary>The longest needle; <see langword="null"/> without needles.</summary>
    public static Needle? Longest(IReadOnlyList<Needle> needles) => needles.MaxBy(needle => needle.Length);

    /// <summary>
    /// The needle that is rarest in the middle of the file; <see langword="null"/> without needles. One is enough, because the records around its matches are
    /// tested in full.
    /// </summary>
    public static Needle? Rarest(IReadOnlyList<Needle> needles, PlainContent content, long length)
    {
        if (needles.Count < 2) return Longest(needles);
        byte[] sample = new byte[Math.Min(SampleSize, length)];
        int count = content.Read(sample, Math.Max(0, (length - SampleSize) / 2));
        return needles.MinBy(needle => (needle.CountIn(sample.AsSpan(0, count)), -needle.Length));
    }

    /// <summary>The first match of an alternative in some bytes, or the first escape if the number is that of no alternative; -1 if there is none.</summary>
    public int IndexIn(ReadOnlySpan<byte> bytes, int alternative)
    {
        if (alternative == _alternatives.Length) return EscapeIn(bytes);
        return _anyCase?.IndexIn(bytes) ?? bytes.IndexOf(_alternatives[alternative]);
    }

    private int EscapeIn(ReadOnlySpan<byte> bytes)
    {
        // Most blocks hold no backslash, and a search for one byte is the fastest.
        int at = bytes.IndexOf((byte)'\\');
        int escape = at < 0 ? -1 : bytes[at..].IndexOf(_escapeStart);
        return escape < 0 ? -1 : at + escape;
    }

    private int CountIn(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        for (int i = 0; i < _alternatives.Length; i++)
        {
            for (int at = 0, found; (found = IndexIn(bytes[at..], i)) >= 0; at += found + _alternatives[i].Length) count++;
        }
        return count;
    }
}

/// <summary>Finds the places in a block, one after the other, where a needle matches or an escape may hide one.</summary>
internal ref struct NeedleSearch(Needle needle, ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    // One more than the offset of the next match, for each alternative and for the escape; 0 before the first search.
    private Ends _next;

    /// <summary>The first place at or after an offset; -1 if there is none.</summary>
    public int Next(int from)
    {
        int first = int.MaxValue;
        for (int i = 0; i <= needle.Alternatives.Count; i++)
        {
            if (_next[i] <= from) _next[i] = Find(i, from);
            first = Math.Min(first, _next[i]);
        }
        return first == int.MaxValue ? -1 : first - 1;
    }

    private readonly int Find(int alternative, int from)
    {
        int at = from < _bytes.Length ? needle.IndexIn(_bytes[from..], alternative) : -1;
        return at < 0 ? int.MaxValue : from + at + 1;
    }

    [InlineArray(Needle.MaxAlternatives + 1)]
    private struct Ends
    {
        private int _first;
    }
}

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
