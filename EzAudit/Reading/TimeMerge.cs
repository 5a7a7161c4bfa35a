using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>Merges sequences of records by time. Each keeps its own order even if its times are not in order, so a wrong clock loses nothing.</summary>
internal static class TimeMerge
{
    /// <param name="sequences">The sequences; at equal times, records of earlier sequences come first.</param>
    /// <param name="isBackwards">Whether the newest record comes first.</param>
    public static IEnumerable<AuditFoundRecord> Merge(IReadOnlyList<IEnumerable<AuditFoundRecord>> sequences, bool isBackwards = false)
    {
        if (sequences.Count == 1) return sequences[0];
        return MergeSeveral(sequences, isBackwards);
    }

    private static IEnumerable<AuditFoundRecord> MergeSeveral(IReadOnlyList<IEnumerable<AuditFoundRecord>> sequences, bool isBackwards)
    {
        var heads = new PriorityQueue<IEnumerator<AuditFoundRecord>, (long, int)>();
        IEnumerator<AuditFoundRecord>[] open = [.. sequences.Select(sequence => sequence.GetEnumerator())];
        try
        {
            for (int i = 0; i < open.Length; i++) Advance(open[i], i);
            while (heads.TryDequeue(out IEnumerator<AuditFoundRecord>? head, out (long, int Index) key))
            {
                yield return head.Current;
                Advance(head, key.Index);
            }
        }
        finally
        {
            foreach (IEnumerator<AuditFoundRecord> sequence in open) sequence.Dispose();
        }

        void Advance(IEnumerator<AuditFoundRecord> sequence, int index)
        {
            if (!sequence.MoveNext()) return;
            long ticks = sequence.Current.Time.UtcTicks;
            heads.Enqueue(sequence, isBackwards ? (-ticks, -index) : (ticks, index));
        }
    }
}
