using System.Runtime.CompilerServices;

namespace EzAudit.Reading.Matching;

/// <summary>Finds the matches of a needle in a block one after the other.</summary>
internal ref struct NeedleSearch
{
    private readonly Needle _needle;
    private readonly ReadOnlySpan<byte> _bytes;
    private Offsets _next;

    public NeedleSearch(Needle needle, ReadOnlySpan<byte> bytes)
    {
        _needle = needle;
        _bytes = bytes;
        ((Span<int>)_next).Fill(-1);
    }

    /// <summary>The first match at or after an offset; -1 if there is none.</summary>
    public int Next(int from)
    {
        int first = int.MaxValue;
        for (int i = 0; i < _needle.Alternatives.Count; i++)
        {
            if (_next[i] < from) _next[i] = Find(i, from);
            first = Math.Min(first, _next[i]);
        }
        return first == int.MaxValue ? -1 : first;
    }

    private readonly int Find(int alternative, int from)
    {
        if (from >= _bytes.Length) return int.MaxValue;
        int at = _needle.IndexIn(_bytes[from..], alternative);
        return at < 0 ? int.MaxValue : from + at;
    }

    [InlineArray(Needle.MaxAlternatives)]
    private struct Offsets
    {
        private int _first;
    }
}
