using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Verifying;

/// <summary>What the comparison of some extents with their files found. Not thread-safe.</summary>
/// <param name="history">The ledger.</param>
/// <param name="keepsVerified">Whether the ranges that were right are kept.</param>
internal sealed class ContentTally(LedgerHistory history, bool keepsVerified)
{
    private readonly Dictionary<LogEvidence, LogTally> _logs = [];
    private LogTally? _last;

    public FaultList Faults { get; } = new();

    /// <summary>What was found for each log file.</summary>
    public IReadOnlyDictionary<LogEvidence, LogTally> Logs => _logs;

    /// <summary>Adds an extent.</summary>
    public void Add(in AttestedExtent extent, ExtentState state)
    {
        LogTally tally = TallyOf(extent.Log);
        if (state == ExtentState.Right)
        {
            tally.Cover(extent.Kind, extent.Bytes);
            if (extent.Kind == LeafKind.Records) tally.Add(extent, isVerified: keepsVerified && extent.Leaf < history.CheckpointSize);
            return;
        }
        (string code, bool isElsewhere) = Judge(extent, state);
        // What an alarm says is gone does not vouch for the bytes that are there now.
        if (!isElsewhere) tally.Cover(extent.Kind, extent.Bytes);
        Faults.Add(new ExtentFault(extent.Log, code, extent.Bytes, extent.Leaf, extent.Time) { Records = extent.Count });
    }

    /// <summary>Adds an extent that was not read.</summary>
    public void AddUnread(in AttestedExtent extent) => TallyOf(extent.Log).Cover(extent.Kind, extent.Bytes);

    /// <summary>Adds extents whose digests cannot be checked: the ledger knows of their bytes all the same.</summary>
    public void AddUnchecked(IEnumerable<DroppedExtent> extents)
    {
        foreach (DroppedExtent extent in extents) TallyOf(history.LogOf(extent.FileId)!).Cover(extent.Kind, new ByteRange(extent.Offset, extent.Offset + extent.Length));
    }

    /// <summary>Adds what another part found.</summary>
    public void Add(ContentTally other)
    {
        Faults.Add(other.Faults);
        foreach ((LogEvidence log, LogTally tally) in other._logs) TallyOf(log).Add(tally);
    }

    /// <summary>Replaces what was found for a log file by what was found in another file.</summary>
    public void Replace(LogEvidence log, ContentTally other)
    {
        Faults.Clear(log);
        _logs[log] = other._logs[log];
        _last = null;
    }

    private (string Code, bool IsElsewhere) Judge(in AttestedExtent extent, ExtentState state)
    {
        if (extent.Log.AlarmOf(extent.Leaf, extent.Probe.End) is { } alarm) return (extent.Leaf >= alarm.CheckpointSize ? FindingCode.Lost : FindingCode.Shortened, true);
        if (state == ExtentState.Missing) return (extent.Leaf >= history.CheckpointSize ? FindingCode.Lost : FindingCode.Shortened, false);
        return (FindingCode.Extent, false);
    }

    private LogTally TallyOf(LogEvidence log)
    {
        if (_last?.Log == log) return _last;
        if (!_logs.TryGetValue(log, out LogTally? tally)) _logs[log] = tally = new LogTally(log);
        return _last = tally;
    }
}
