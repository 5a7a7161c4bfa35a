namespace EzAudit.Sealing.Comparing;

/// <summary>Chooses the records of a store that may lie side by side in an extent.</summary>
internal static class RowTiling
{
    /// <summary>
    /// Divides records into those that do not overlap each other and cover the most bytes, and the others, which can only be additions: the true ones fit together.
    /// </summary>
    /// <param name="rows">The records, in the order of their places.</param>
    /// <param name="tiles">Receives those that lie side by side, in order.</param>
    /// <param name="extras">Receives the others.</param>
    public static void Divide(IReadOnlyList<PlacedRow> rows, List<PlacedRow> tiles, List<PlacedRow> extras)
    {
        PlacedRow[] byEnd = [.. rows.OrderBy(row => row.End).ThenBy(row => row.Begin)];
        long[] ends = [.. byEnd.Select(row => row.End)];
        // The most bytes that the first rows can cover.
        long[] most = new long[byEnd.Length + 1];
        for (int i = 0; i < byEnd.Length; i++) most[i + 1] = Math.Max(most[i], byEnd[i].Record.Bytes.Length + most[CountBefore(ends, byEnd[i].Begin, i)]);
        for (int i = byEnd.Length; i > 0;)
        {
            PlacedRow row = byEnd[i - 1];
            if (most[i] == most[i - 1])
            {
                extras.Add(row);
                i--;
                continue;
            }
            tiles.Add(row);
            int next = CountBefore(ends, row.Begin, i - 1);
            for (int skipped = i - 2; skipped >= next; skipped--) extras.Add(byEnd[skipped]);
            i = next;
        }
        tiles.Reverse();
    }

    // How many of the first rows end at an offset or before it.
    private static int CountBefore(long[] ends, long offset, int count)
    {
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ends[middle] <= offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
