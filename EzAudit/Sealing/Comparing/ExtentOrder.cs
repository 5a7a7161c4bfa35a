using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Verifying;

namespace EzAudit.Sealing.Comparing;

/// <summary>Reads the extents of one log file from the ledger, in the order of the file.</summary>
/// <remarks>
/// The ledger has them nearly in that order, so a sorted window is enough; if it is not, which the offsets show in a pass of their own, all are sorted at
/// once. The memory depends on the window, not on the file.
/// </remarks>
internal sealed class ExtentOrder(LedgerSegments segments, IReadOnlyList<LedgerPart> parts, LedgerHistory history, CancellationToken cancellation)
{
    private const int Window = 1 << 17;

    private readonly PartBytes _buffer = new();

    public IEnumerable<VouchedExtent> Of(LogEvidence log)
    {
        if (!log.HasExtents) return [];
        // Few parts cannot have more lines than the window.
        bool isShort = (long)(log.Parts.Last - log.Parts.First + 1) * LedgerSegments.UsualPart / ShortestLine <= Window;
        int window = isShort || IsInOrder(log) ? Window : int.MaxValue;
        return Sort(Read(log), window);
    }

    // r SEQ TIME FID OFF LEN N SALT DIGEST
    private const int ShortestLine = 100;

    private bool IsInOrder(LogEvidence log)
    {
        long done = -1;
        foreach (VouchedExtent extent in Sort(Read(log), Window))
        {
            if (extent.Probe.Offset < done) return false;
            done = extent.Probe.Offset;
        }
        return true;
    }

    private static IEnumerable<VouchedExtent> Sort(IEnumerable<VouchedExtent> extents, int window)
    {
        var waiting = new List<VouchedExtent>();
        foreach (VouchedExtent extent in extents)
        {
            waiting.Add(extent);
            if (waiting.Count < window || waiting.Count < 2L * window) continue;
            waiting.Sort(Compare);
            for (int i = 0; i < window; i++) yield return waiting[i];
            waiting.RemoveRange(0, window);
        }
        waiting.Sort(Compare);
        foreach (VouchedExtent extent in waiting) yield return extent;
    }

    private static int Compare(VouchedExtent left, VouchedExtent right) =>
        left.Probe.Offset != right.Probe.Offset ? left.Probe.Offset.CompareTo(right.Probe.Offset) : left.Probe.Seq.CompareTo(right.Probe.Seq);

    private IEnumerable<VouchedExtent> Read(LogEvidence log)
    {
        foreach (DroppedExtent erased in history.Erasures.Explained.Select(erased => erased.Extent).Concat(history.Erasures.Unexplained).Where(extent => extent.FileId == log.Id))
            yield return new VouchedExtent(erased.Kind, erased.Time, new ExtentProbe(erased.Seq, erased.Offset, erased.Length, 0, default), IsErased: true);
        var found = new List<VouchedExtent>();
        for (int part = log.Parts.First; part <= log.Parts.Last; part++)
        {
            cancellation.ThrowIfCancellationRequested();
            found.Clear();
            ReadPart(parts[part], log.Id, found);
            foreach (VouchedExtent extent in found) yield return extent;
        }
    }

    private void ReadPart(LedgerPart part, long id, List<VouchedExtent> found)
    {
        for (LineCursor lines = _buffer.Read(segments, part); lines.MoveNext();)
        {
            LedgerLine line = lines.Current;
            // The bytes of an erasure were never a record of a store, and a torn piece never was one.
            if (line.FileId != id || line.IsSaltDropped || line.Kind is LeafKind.Erased or LeafKind.Torn) continue;
            found.Add(new VouchedExtent(line.Kind, line.Time, ExtentProbe.Of(line), IsErased: false));
        }
    }
}
