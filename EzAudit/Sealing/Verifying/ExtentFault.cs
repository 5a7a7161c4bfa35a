using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Verifying;

/// <summary>Adjacent extents of a log file with the same problem.</summary>
/// <param name="Log">The log file.</param>
/// <param name="Code">The problem.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Leaf">The first leaf.</param>
/// <param name="Time">Its time.</param>
internal sealed record ExtentFault(LogEvidence Log, string Code, ByteRange Bytes, long Leaf, long Time)
{
    /// <summary>The file, if it is not the one that the log file is.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether it is a range of bytes that no record attests, rather than extents: then <see cref="Leaf"/> says nothing.</summary>
    public bool IsUnattested { get; init; }

    /// <summary>The records before it in the file, as far as the ledger counts them.</summary>
    public long RecordsBefore { get; set; }

    /// <summary>The records in it.</summary>
    public long Records { get; set; }
}

/// <summary>The problems of extents, in the order of the ledger. Not thread-safe.</summary>
internal sealed class FaultList
{
    private readonly List<ExtentFault> _faults = [];
    private readonly Dictionary<LogEvidence, int> _last = [];

    public IReadOnlyList<ExtentFault> All => _faults;

    public void Add(ExtentFault fault)
    {
        if (_last.TryGetValue(fault.Log, out int last) && _faults[last] is { } before && before.Code == fault.Code && before.Bytes.End == fault.Bytes.Begin)
        {
            _faults[last] = before with { Bytes = before.Bytes with { End = fault.Bytes.End }, Records = before.Records + fault.Records };
            return;
        }
        _last[fault.Log] = _faults.Count;
        _faults.Add(fault);
    }

    public void Add(FaultList other)
    {
        foreach (ExtentFault fault in other._faults) Add(fault);
    }

    /// <summary>Forgets the problems of one log file.</summary>
    public void Clear(LogEvidence log)
    {
        _faults.RemoveAll(fault => fault.Log == log);
        _last.Clear();
    }
}

/// <summary>An extent that a leaf vouches for, or the erasure in place of it.</summary>
/// <param name="Log">The log file.</param>
/// <param name="Kind">The kind of the leaf; of an erasure, that of the erased one.</param>
/// <param name="Leaf">The leaf; of an erasure, the erased one.</param>
/// <param name="Count">The records.</param>
/// <param name="Time">The time of the leaf.</param>
/// <param name="Probe">The bytes and their digest.</param>
internal readonly record struct AttestedExtent(LogEvidence Log, LeafKind Kind, long Leaf, long Count, long Time, ExtentProbe Probe)
{
    public ByteRange Bytes => new(Probe.Offset, Probe.End);

    /// <summary>The extent of a leaf; false if its digest is not checked, because another one replaced it.</summary>
    public static bool TryFind(in LedgerLine line, LedgerHistory history, out AttestedExtent extent)
    {
        extent = default;
        if (line.IsSaltDropped || history.LogOf(line.FileId) is not { } log) return false;
        extent = new AttestedExtent(log, line.Kind, line.Seq, line.Count, line.Time, ExtentProbe.Of(line));
        if (line.Kind != LeafKind.Erased) return true;
        if (!history.Erasures.TryFindReplaced(line.Seq, out DroppedExtent replaced)) return false;
        extent = extent with { Kind = replaced.Kind, Leaf = replaced.Seq, Count = replaced.Count };
        return true;
    }
}
