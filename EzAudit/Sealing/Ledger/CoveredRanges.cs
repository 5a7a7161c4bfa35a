using System.Globalization;

namespace EzAudit.Sealing.Ledger;

/// <summary>The bytes of a file that something covers: ranges, merged and in order. Not thread-safe.</summary>
internal sealed class CoveredRanges
{
    private readonly List<ByteRange> _ranges = [];

    public IReadOnlyList<ByteRange> All => _ranges;

    /// <summary>The end of the last range; 0 if there is none.</summary>
    public long End => _ranges.Count == 0 ? 0 : _ranges[^1].End;

    public void Add(long begin, long end)
    {
        if (end <= begin) return;
        // Extents usually follow each other.
        if (_ranges.Count > 0 && _ranges[^1].End == begin)
        {
            _ranges[^1] = _ranges[^1] with { End = end };
            return;
        }
        int first = IndexOf(begin);
        int last = first;
        while (last < _ranges.Count && _ranges[last].Begin <= end)
        {
            begin = Math.Min(begin, _ranges[last].Begin);
            end = Math.Max(end, _ranges[last].End);
            last++;
        }
        _ranges.RemoveRange(first, last - first);
        _ranges.Insert(first, new ByteRange(begin, end));
    }

    public bool Covers(long begin, long end)
    {
        if (end <= begin) return true;
        int index = IndexOf(begin);
        return index < _ranges.Count && _ranges[index].Begin <= begin && _ranges[index].End >= end;
    }

    /// <summary>Whether something covers a byte of <c>[begin, end)</c>.</summary>
    public bool Overlaps(long begin, long end)
    {
        int index = IndexOf(begin + 1);
        return index < _ranges.Count && _ranges[index].Begin < end;
    }

    /// <summary>The bytes of <c>[begin, end)</c> that nothing covers.</summary>
    public IEnumerable<ByteRange> Gaps(long begin, long end)
    {
        for (int i = IndexOf(begin); i < _ranges.Count && begin < end; i++)
        {
            if (_ranges[i].Begin > begin) yield return new ByteRange(begin, Math.Min(end, _ranges[i].Begin));
            begin = Math.Max(begin, _ranges[i].End);
        }
        if (begin < end) yield return new ByteRange(begin, end);
    }

    public CoveredRanges Copy()
    {
        var copy = new CoveredRanges();
        copy._ranges.AddRange(_ranges);
        return copy;
    }

    /// <summary>Parses what <see cref="ToString"/> returns, and nothing else.</summary>
    public static bool TryParse(string text, out CoveredRanges ranges)
    {
        ranges = new CoveredRanges();
        if (text == "-") return true;
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length != 2 || !long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out long begin)
                || !long.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out long end)) return false;
            ranges.Add(begin, end);
        }
        return ranges.ToString() == text;
    }

    public override string ToString() => _ranges.Count == 0 ? "-" : string.Join(',', _ranges);

    // The first range that ends at this offset or after it.
    private int IndexOf(long offset)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].End < offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <summary>The bytes of a file from <paramref name="Begin"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct ByteRange(long Begin, long End)
{
    public long Length => End - Begin;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Begin}-{End}");
}
