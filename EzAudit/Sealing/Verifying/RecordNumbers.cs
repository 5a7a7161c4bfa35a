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
        // Ranges and extents may overlap; among themselves they do not.
        ILookup<long, Counter> counters = faults.GroupBy(fault => (fault.Log.Id, fault.IsUnattested)).ToLookup(group => group.Key.Id, group => new Counter(group));
        var buffer = new PartBytes();
        foreach (LedgerPart part in parts)
        {
            for (LineCursor lines = buffer.Read(segments, part); lines.MoveNext();)
            {
                if (lines.Current.Kind == LeafKind.Erased) continue;
                foreach (Counter counter in counters[lines.Current.FileId]) counter.Add(lines.Current.Offset, lines.Current.Count);
            }
        }
        foreach (Counter counter in counters.SelectMany(log => log)) counter.Finish();
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
            if (index > 0 && _faults[index - 1] is { IsUnattested: true } range && offset < range.Bytes.End) range.Records += count;
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
