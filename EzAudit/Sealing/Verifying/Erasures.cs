using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Verifying;

/// <summary>Which extents were erased by order, and what vouches for the bytes that replaced them. Read-only, and thread-safe, once it is resolved.</summary>
internal sealed class Erasures
{
    private readonly Dictionary<long, DroppedExtent> _dropped = [];
    private readonly Dictionary<long, Erasure> _byTarget = [];
    private readonly Dictionary<long, string> _orders = [];
    private readonly Dictionary<long, DroppedExtent> _replacements = [];

    /// <summary>The extents whose salt is gone and which no erasure replaces.</summary>
    public IReadOnlyList<DroppedExtent> Unexplained { get; private set; } = [];

    /// <summary>The extents that were erased, with the erasure that vouches for their bytes now.</summary>
    public IReadOnlyList<(DroppedExtent Extent, Erasure Last)> Explained { get; private set; } = [];

    /// <summary>An order to erase.</summary>
    public void AddOrder(long seq, string text) => _orders[seq] = text;

    /// <summary>The text of an order.</summary>
    public string TextOf(long order) => _orders.GetValueOrDefault(order, "");

    /// <summary>Notes an extent whose salt is gone.</summary>
    public void AddDropped(in LedgerLine line) =>
        _dropped[line.Seq] = new DroppedExtent(line.Seq, line.Kind, line.FileId, line.Offset, line.Length, line.Count, line.Time);

    /// <summary>Adds an erasure; returns what is wrong with it, or <see langword="null"/>.</summary>
    public string? Add(in LedgerLine line)
    {
        if (!_orders.ContainsKey(line.Order)) return $"the order it names, leaf {line.Order}, is none that precedes it";
        if (!_dropped.TryGetValue(line.Target, out DroppedExtent target))
            return $"it was begun by order of leaf {line.Order} and not finished, as leaf {line.Target}, which it replaces, still has its salt (\"ezaudit erase --finish\" finishes it); or that leaf is no extent that precedes it";
        if ((target.FileId, target.Offset, target.Length) != (line.FileId, line.Offset, line.Length))
            return $"the leaf it replaces, {line.Target}, is the extent of other bytes";
        _byTarget[line.Target] = new Erasure(line.Order, line.IsSaltDropped, ExtentProbe.Of(line));
        return null;
    }

    /// <summary>Determines for every extent without a salt which erasure vouches for it. Called once, after the last line.</summary>
    public void Resolve()
    {
        var unexplained = new List<DroppedExtent>();
        var explained = new List<(DroppedExtent, Erasure)>();
        foreach (DroppedExtent extent in _dropped.Values.Where(extent => extent.Kind != LeafKind.Erased).OrderBy(extent => extent.Seq))
        {
            if (FindLast(extent.Seq) is not { } last)
            {
                unexplained.Add(extent);
                continue;
            }
            explained.Add((extent, last));
            _replacements[last.Probe.Seq] = extent;
        }
        (Unexplained, Explained) = (unexplained, explained);
    }

    /// <summary>The erased extent for which an erasure vouches; false if a newer one has replaced that.</summary>
    public bool TryFindReplaced(long erasure, out DroppedExtent extent) => _replacements.TryGetValue(erasure, out extent);

    private Erasure? FindLast(long seq)
    {
        while (_byTarget.TryGetValue(seq, out Erasure erasure))
        {
            if (!erasure.IsSaltDropped) return erasure;
            seq = erasure.Probe.Seq;
        }
        return null;
    }
}

/// <summary>An extent whose salt is gone.</summary>
internal readonly record struct DroppedExtent(long Seq, LeafKind Kind, long FileId, long Offset, long Length, long Count, long Time);

/// <summary>What replaced an extent.</summary>
/// <param name="Order">The leaf of the order.</param>
/// <param name="IsSaltDropped">Whether it was erased in turn.</param>
/// <param name="Probe">The extent with the digest of the new bytes.</param>
internal readonly record struct Erasure(long Order, bool IsSaltDropped, ExtentProbe Probe);
