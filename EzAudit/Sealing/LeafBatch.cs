using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing;

/// <summary>Leaves to be appended to the ledger together, numbered from its end. Used under the ledger's lock.</summary>
/// <param name="ledger">The ledger, which is up to date.</param>
/// <param name="now">The time, in microseconds since 1970.</param>
internal sealed class LeafBatch(LedgerFile ledger, Func<long> now)
{
    private long _next;

    public LineBuffer Lines { get; } = new();

    /// <summary>Starts over.</summary>
    public void Clear()
    {
        Lines.Clear();
        _next = ledger.State.Tree.Size;
    }

    /// <summary>Begins the next leaf; the caller adds its fields and ends it.</summary>
    public LineBuffer Begin(LeafKind kind) => Lines.Leaf(kind, _next++, now());

    /// <summary>Appends everything with one write.</summary>
    public void Append()
    {
        if (!Lines.IsEmpty) ledger.Append(Lines.Bytes);
        Clear();
    }
}
