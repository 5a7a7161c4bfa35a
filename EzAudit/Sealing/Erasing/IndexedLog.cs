using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing.Erasing;

/// <summary>A log file of the ledger, with its extents that matter.</summary>
/// <param name="id">Its number.</param>
/// <param name="mark">The number by which writers recognize it.</param>
/// <param name="baseLength">How many of its bytes are older than the ledger.</param>
/// <param name="name">Its first name.</param>
internal sealed class IndexedLog(long id, long mark, long baseLength, string name)
{
    private readonly List<IndexedExtent> _extents = [];

    public long Id => id;

    public long Mark => mark;

    public string FirstName => name;

    /// <summary>The current name.</summary>
    public string Name { get; set; } = "";

    public bool IsRemoved { get; set; }

    /// <summary>The ranges whose extents are kept, of each file that it may be.</summary>
    public required IReadOnlyList<CoveredRanges> Wanted { get; init; }

    /// <summary>The extents that overlap a wanted range, were erased, or are the first of the file.</summary>
    public IReadOnlyList<IndexedExtent> Extents => _extents;

    /// <summary>The first extent; the first of its leaves, if there are several.</summary>
    public IEnumerable<IndexedExtent> First => _extents.Where(extent => extent.Probe.Offset == LowestOffset).OrderBy(extent => extent.Seq);

    /// <summary>Where the first extent starts.</summary>
    public long LowestOffset { get; private set; } = long.MaxValue;

    /// <summary>Changes whenever an extent is added.</summary>
    public int Version { get; set; }

    public void Add(IndexedExtent extent)
    {
        _extents.Add(extent);
        LowestOffset = Math.Min(LowestOffset, extent.Probe.Offset);
        Version++;
    }

    /// <summary>The bytes that no extent covers, among those that patches change.</summary>
    public static bool Covers(IReadOnlyCollection<IndexedLog> logs, IReadOnlyList<FilePatch> patches)
    {
        var covered = new CoveredRanges();
        foreach (IndexedLog log in logs) log.AddTo(covered);
        return patches.All(patch => covered.Covers(patch.Offset, patch.End));
    }

    private void AddTo(CoveredRanges covered)
    {
        covered.Add(0, baseLength);
        foreach (IndexedExtent extent in _extents) covered.Add(extent.Probe.Offset, extent.Probe.End);
    }
}
