using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Verifying;

namespace EzAudit.Sealing.Comparing;

/// <summary>
/// Counts the records of log files that the store does not have, and judges them when all records of the store were seen: a function that is not sent to
/// the store has none there. Not thread-safe.
/// </summary>
internal sealed class GapTally
{
    /// <summary>What is newer than the newest leaf less these microseconds may be on its way: in a spool, or at a collector.</summary>
    public const long Grace = 60_000_000;

    // Of each function; what follows is counted with the last one.
    private const int MaxGaps = 2000;

    private readonly Dictionary<string, SentFunction> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StoreGap>> _gaps = new(StringComparer.Ordinal);

    /// <summary>Whose records those of a log file are that do not name their function: each file has only one.</summary>
    public static string KeyOf(LogEvidence log, string? function) => function ?? $"/{log.FirstName}";

    /// <summary>Notes a record that the store has.</summary>
    public void AddSent(LogEvidence log, string? function, long time)
    {
        AddSent(KeyOf(log, function), time);
        AddSent($"//{log.FirstName}", time);
    }

    /// <summary>Adds bytes that the store does not have.</summary>
    /// <param name="extent">The extent that contains them.</param>
    /// <param name="gap">The bytes.</param>
    /// <param name="key">Whose they are: a function, or a log file.</param>
    public void Add(in VouchedExtent extent, StoreGap gap, string key)
    {
        if (!_gaps.TryGetValue(key, out List<StoreGap>? gaps)) _gaps[key] = gaps = [];
        SentFunction? sent = _sent.GetValueOrDefault(key);
        StoreGap own = gap with { First = extent.Time, Last = extent.Time, Leaf = extent.Probe.Seq, RowsBefore = sent?.Count ?? 0 };
        bool isNext = gaps.Count > 0 && gaps[^1] is { } last && last.Log == gap.Log && last.RowsBefore == own.RowsBefore && MonthOf(last.First) == MonthOf(own.Last);
        if (isNext || gaps.Count == MaxGaps) gaps[^1] = gaps[^1].With(own);
        else gaps.Add(own);
    }

    /// <summary>Adds the findings.</summary>
    /// <param name="findings">Receives them.</param>
    /// <param name="store">The store.</param>
    /// <param name="newest">The time of the newest leaf, in microseconds.</param>
    public void Report(FindingList findings, IAuditPlacedRecords store, long newest)
    {
        foreach ((string key, List<StoreGap> gaps) in _gaps.OrderBy(gap => gap.Key, StringComparer.Ordinal))
        {
            SentFunction? sent = _sent.GetValueOrDefault(key);
            foreach (StoreGap gap in gaps) findings.Add(Judge(gap, sent, store, newest) with
            {
                File = gap.Log.Content?.Name ?? gap.Log.Name,
                Functions = key.StartsWith('/') ? [] : [key],
                Offset = gap.Bytes.Begin,
                Length = gap.Bytes.Length,
                Leaf = gap.Leaf,
                Time = LedgerTime.Of(gap.First),
            });
        }
    }

    private static AuditFinding Judge(StoreGap gap, SentFunction? sent, IAuditPlacedRecords store, long newest)
    {
        string what = gap.Count > 0 ? $"{gap.Count} record{(gap.Count == 1 ? "" : "s")}" : $"{gap.Size} bytes";
        if (sent is null) return FindingList.Of(FindingCode.RowUnsent, $"{what} of a function of which the store has none in this ledger: it is not sent there, or it was queued");
        if (store.ExplainMissing(LedgerTime.Of(gap.First)) is { } reason) return FindingList.Of(FindingCode.RowUnsent, $"{what} that the store does not have: {reason}");
        if (gap.Last < sent.First) return FindingList.Of(FindingCode.RowUnsent, $"{what} that are older than the first record of their function in the store");
        if (gap.First > newest - Grace) return FindingList.Of(FindingCode.RowPending, $"{what} that the store does not have yet");
        return FindingList.Of(
            FindingCode.RowMissing,
            $"{what} that the store does not have, although it has others of their function: removed there; or still in a spool, refused, lost because a spool was full, "
            + "or written without the store by another process or by a writer that was killed");
    }

    private void AddSent(string key, long time)
    {
        if (!_sent.TryGetValue(key, out SentFunction? sent)) _sent[key] = sent = new SentFunction { First = time };
        sent.First = Math.Min(sent.First, time);
        sent.Count++;
    }

    private static (int Year, int Month) MonthOf(long time) => LedgerTime.Of(time) is var date ? (date.Year, date.Month) : default;

    private sealed class SentFunction
    {
        public long First { get; set; }

        public long Count { get; set; }
    }
}

/// <summary>Bytes of a log file that the store does not have, with nothing of their function in between.</summary>
/// <param name="Log">The log file.</param>
/// <param name="Bytes">From the first to the last of them.</param>
/// <param name="Size">How many of these bytes they are.</param>
/// <param name="Count">How many records they are; 0 if nobody can know.</param>
internal sealed record StoreGap(LogEvidence Log, ByteRange Bytes, long Size, long Count)
{
    public long Leaf { get; init; }

    /// <summary>The time of the first leaf, in microseconds.</summary>
    public long First { get; init; }

    public long Last { get; init; }

    /// <summary>How many records of the function were seen before.</summary>
    public long RowsBefore { get; init; }

    public StoreGap With(StoreGap next) => this with
    {
        Bytes = new ByteRange(Math.Min(Bytes.Begin, next.Bytes.Begin), next.Log == Log ? Math.Max(Bytes.End, next.Bytes.End) : Bytes.End),
        Size = Size + next.Size,
        Count = Count + next.Count,
        First = Math.Min(First, next.First),
        Last = Math.Max(Last, next.Last),
    };
}
