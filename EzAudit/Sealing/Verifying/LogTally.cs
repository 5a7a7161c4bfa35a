using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Verifying;

/// <summary>What was found for one log file. Not thread-safe.</summary>
internal sealed class LogTally(LogEvidence log)
{
    private readonly CoveredRanges[] _covered = [new(), new(), new()];

    public LogEvidence Log => log;

    /// <summary>The attested records that are right.</summary>
    public long Records { get; private set; }

    /// <summary>The bytes of these records.</summary>
    public long Bytes { get; private set; }

    /// <summary>The ranges of attested records that are right and that a checkpoint covers, if they are kept.</summary>
    public CoveredRanges Verified { get; } = new();

    /// <summary>The ranges for which the leaves of a kind vouch in this file. Those of the ledger, unless there were alarms.</summary>
    public CoveredRanges RangesOf(LeafKind kind) => log.Alarms.Count == 0 ? log.RangesOf(kind) : _covered[IndexOf(kind)];

    public void Cover(LeafKind kind, ByteRange bytes)
    {
        if (log.Alarms.Count > 0) _covered[IndexOf(kind)].Add(bytes.Begin, bytes.End);
    }

    public void Add(in AttestedExtent extent, bool isVerified)
    {
        Records += extent.Count;
        Bytes += extent.Probe.Length;
        if (isVerified) Verified.Add(extent.Probe.Offset, extent.Probe.End);
    }

    public void Add(LogTally other)
    {
        Records += other.Records;
        Bytes += other.Bytes;
        foreach (ByteRange range in other.Verified.All) Verified.Add(range.Begin, range.End);
        for (int i = 0; i < _covered.Length; i++)
        {
            foreach (ByteRange range in other._covered[i].All) _covered[i].Add(range.Begin, range.End);
        }
    }

    private static int IndexOf(LeafKind kind) => kind switch
    {
        LeafKind.Records => 0,
        LeafKind.Adopted => 1,
        _ => 2,
    };
}
