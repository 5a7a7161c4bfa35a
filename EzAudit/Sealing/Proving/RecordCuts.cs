namespace EzAudit.Sealing.Proving;

/// <summary>
/// Where the records of an extent end, found without knowing its format. The terminator is a suffix of the extent that occurs as often as the leaf counts records;
/// every such suffix cuts at the same places, so nobody can choose one that makes a record out of the text inside another.
/// </summary>
internal static class RecordCuts
{
    private const int LongestTerminator = 64;

    /// <summary>Whether the range is exactly one of the extent's records, with its terminator.</summary>
    public static bool IsRecord(ReadOnlySpan<byte> extent, long records, int begin, int length)
    {
        if (!TryFindTerminator(extent, records, out ReadOnlySpan<byte> terminator)) return false;
        bool beginsAtACut = begin == 0 || IsCut(extent, terminator, begin);
        int end = extent[begin..].IndexOf(terminator);
        return beginsAtACut && end >= 0 && end + terminator.Length == length;
    }

    /// <summary>Where the records of an extent begin, and where the last one ends; <see langword="null"/> if that cannot be found.</summary>
    public static IReadOnlyList<int>? Find(ReadOnlySpan<byte> extent, long records)
    {
        if (!TryFindTerminator(extent, records, out ReadOnlySpan<byte> terminator)) return null;
        var cuts = new List<int> { 0 };
        while (extent[cuts[^1]..].IndexOf(terminator) is var next and >= 0) cuts.Add(cuts[^1] + next + terminator.Length);
        return cuts;
    }

    private static bool TryFindTerminator(ReadOnlySpan<byte> extent, long records, out ReadOnlySpan<byte> terminator)
    {
        terminator = default;
        for (int length = 1; length <= Math.Min(LongestTerminator, extent.Length); length++)
        {
            terminator = extent[^length..];
            long count = extent.Count(terminator);
            if (count == records && IsCut(extent, terminator, extent.Length)) return true;
            // A longer suffix does not occur more often.
            if (count < records) return false;
        }
        return false;
    }

    // Terminators are counted from the left: a newline that belongs to one cannot begin the next.
    private static bool IsCut(ReadOnlySpan<byte> extent, ReadOnlySpan<byte> terminator, int place)
    {
        int at = 0;
        while (at < place && extent[at..].IndexOf(terminator) is var next and >= 0) at += next + terminator.Length;
        return at == place;
    }
}
