using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Verifying;

/// <summary>Determines which records of their files are concerned, by reading the ledger once more. Only done if there are problems.</summary>
internal static class RecordNumbers
{
    /// <param name="faults">The problems, whose numbers are set.</param>
    /// <param name="segments">The ledger.</param>
    /// <param name="parts">Its parts.</param>
    public static void Find(IReadOnlyList<ExtentFault> faults, LedgerSegments segments, IReadOnlyList<LedgerPart> parts)
    {
        if (faults.Count == 0) return;
        Dictionary<long, Counter> counters = faults.GroupBy(fault => fault.Log.Id).ToDictionary(log => log.Key, log => new Counter(log));
        var buffer = new PartBytes();
        foreach (LedgerPart part in parts)
        {
            for (LineCursor lines = buffer.Read(segments, part); lines.MoveNext();)
            {
                if (lines.Current.Kind != LeafKind.Erased && counters.TryGetValue(lines.Current.FileId, out Counter? counter)) counter.Add(lines.Current.Offset, lines.Current.Count);
            }
        }
        foreach (Counter counter in counters.Values) counter.Finish();
    }

    // For each problem, in the order of the file, the records between it and the one before.
    private sealed class Counter
    {
        private readonly ExtentFault[] _faults;
        private readonly long[] _starts;
        private readonly long[] _counts;

        public Counter(IEnumerable<ExtentFault> faults)
        {
            _faults = [.. faults.OrderBy(fault => fault.Bytes.Begin)];
            _starts = [.. _faults.Select(fault => fault.Bytes.Begin)];
            _counts = new long[_faults.Length];
        }

        public void Add(long offset, long count)
        {
            int index = Array.BinarySearch(_starts, offset + 1);
            if (index < 0) index = ~index;
            if (index < _counts.Length) _counts[index] += count;
        }

        public void Finish()
        {
            long before = 0;
            for (int i = 0; i < _faults.Length; i++)
            {
                before += _counts[i];
                _faults[i].RecordsBefore = before;
            }
        }
    }
}
