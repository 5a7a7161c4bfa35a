using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>
/// Records what is found in log files without a line in the ledger: written by another program, or by a process that was killed before it wrote the
/// line. Used by the sealer's thread.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="directory">The log directory.</param>
/// <param name="terminatorOf">What ends the records of a log file.</param>
internal sealed class Adoption(SharedLedger ledger, ILogDirectory directory, Func<string, ReadOnlyMemory<byte>> terminatorOf)
{
    private const int MaxBytes = 1 << 20;

    // The gaps seen last time: a process that lives closes its own within a fraction of a second.
    private Dictionary<long, IReadOnlyList<ByteRange>> _seen = [];
    private bool _hasLookedEverywhere;

    /// <summary>Whether gaps were seen, which the next look will adopt.</summary>
    public bool IsPending => _seen.Count > 0;

    /// <summary>Looks for gaps, and adopts those that were there the last time, too.</summary>
    /// <param name="files">The open log files; the first look is for all.</param>
    public void Look(IEnumerable<SealedFile> files)
    {
        LeafBatch batch = ledger.Enter();
        try
        {
            var seen = new Dictionary<long, IReadOnlyList<ByteRange>>();
            ILookup<long, SealedFile> open = files.Where(file => !file.IsClosed && file.Id != 0).ToLookup(file => file.Id);
            foreach (SealedLog log in ledger.State.Logs.Values.ToArray())
            {
                bool isOpen = open.Contains(log.Id);
                if (!isOpen && _hasLookedEverywhere && !_seen.ContainsKey(log.Id)) continue;
                List<ByteRange> gaps = GapsOf(log, open[log.Id]);
                if (gaps.Count == 0) continue;
                if (_seen.TryGetValue(log.Id, out IReadOnlyList<ByteRange>? before)) Adopt(log, Common(gaps, before), batch);
                else seen[log.Id] = gaps;
            }
            batch.Append();
            _hasLookedEverywhere = true;
            _seen = seen;
        }
        finally
        {
            ledger.Exit();
        }
    }

    private List<ByteRange> GapsOf(SealedLog log, IEnumerable<SealedFile> open)
    {
        if (directory.Identify(log.Name) is not { } found || (long)(found.Inode & long.MaxValue) != log.Inode) return [];
        if (log.Covered.Covers(0, found.Length)) return [];
        CoveredRanges covered = log.Covered.Copy();
        foreach (ByteRange unsealed in open.SelectMany(file => file.Unsealed())) covered.Add(unsealed.Begin, unsealed.End);
        return [.. covered.Gaps(0, found.Length)];
    }

    private void Adopt(SealedLog log, IEnumerable<ByteRange> gaps, LeafBatch batch)
    {
        using IReadFile? file = directory.OpenRead(log.Name);
        if (file is null) return;
        using var hasher = new LeafHasher(terminatorOf(log.Name));
        foreach (ByteRange gap in gaps)
        {
            for (long offset = gap.Begin; offset < gap.End;)
            {
                byte[] bytes = new byte[Math.Min(MaxBytes, gap.End - offset)];
                int count = file.Read(bytes, offset);
                if (count == 0) break;
                int whole = hasher.WholeRecords(bytes.AsSpan(0, count));
                bool isAtEnd = offset + count == gap.End;
                if (whole == 0 && !isAtEnd) whole = count;
                if (whole > 0) hasher.Hash(bytes.AsSpan(0, whole), offset).Write(batch, LeafKind.Adopted, log.Id);
                if (isAtEnd && whole < count) hasher.Hash(bytes.AsSpan(whole, count - whole), offset + whole).Write(batch, LeafKind.Torn, log.Id);
                offset += isAtEnd ? count : whole;
            }
        }
    }

    private static IEnumerable<ByteRange> Common(List<ByteRange> one, IReadOnlyList<ByteRange> other) =>
        from a in one
        from b in other
        let common = new ByteRange(Math.Max(a.Begin, b.Begin), Math.Min(a.End, b.End))
        where common.Length > 0
        select common;
}
