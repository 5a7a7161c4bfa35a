using System.Runtime.InteropServices;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Verifying;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Comparing;

/// <summary>Compares the records of a store with the extents of their log files, file by file. Not thread-safe.</summary>
/// <remarks>Both come in the order of the file, so it has no more records in memory than the longest extent.</remarks>
internal sealed class LogComparison
{
    // A store with more records in an extent than the ledger has was tampered with; what is beyond is not kept.
    private const int MaxRows = 1 << 18;

    private readonly LedgerHistory _history;
    private readonly ExtentOrder _extents;
    private readonly RecordColumns _columns;
    private readonly RowFindings _rows;
    private readonly List<PlacedRow> _waiting = [];

    public LogComparison(LedgerHistory history, ExtentOrder extents, RecordColumns columns, FindingList findings)
    {
        (_history, _extents, _columns) = (history, extents, columns);
        _rows = new RowFindings(findings);
    }

    /// <summary>What the store does not have.</summary>
    public GapTally Gaps { get; } = new();

    public FunctionsOfFiles Functions { get; } = new();

    /// <summary>The records whose bytes the ledger attests.</summary>
    public long Records { get; private set; }

    /// <summary>The bytes of these records.</summary>
    public long Bytes { get; private set; }

    /// <summary>Compares the records of one log file, which come next.</summary>
    public void Compare(LogEvidence log, RowReader rows)
    {
        using ILogContent? content = Open(log);
        var checks = new ExtentRows(content);
        foreach (VouchedExtent extent in _extents.Of(log))
        {
            Settle(log, content, row => row.Begin < extent.Probe.Offset);
            while (rows.NextOf(log.Id) is { } next && next.Begin < extent.Probe.End)
            {
                rows.Take();
                if (next.Begin < extent.Probe.Offset || _waiting.Count >= MaxRows) Settle(log, content, next);
                else _waiting.Add(next);
            }
            checks.Check(extent, _waiting.Where(row => row.Begin < extent.Probe.End));
            AddGaps(log, extent, checks);
        }
        Settle(log, content, static _ => true);
        while (rows.NextOf(log.Id) is { } next)
        {
            rows.Take();
            Settle(log, content, next);
        }
        _rows.Close();
    }

    /// <summary>Reports a record of a log file that the ledger does not know.</summary>
    public void AddUnknown(PlacedRow row)
    {
        if (IsNew(row) && row.Record.Place.File > _history.Logs.Count) _rows.Add(FindingCode.RowPending, NewText, null, row);
        else _rows.Add(FindingCode.RowAdded, $"the ledger has no log file {row.Record.Place.File}", null, row);
    }

    /// <summary>Adds the last findings.</summary>
    public void Finish() => _rows.Close();

    private const string NewText = "newer than the ledger: verify it with a newer copy";

    private static ILogContent? Open(LogEvidence log)
    {
        if (log.Content is not { Failure: null } content) return null;
        if (content.IsCompressed) return content.TryOpenText(out GzipContent? text) ? text : null;
        return content.TryOpenPlain(out PlainContent? plain) ? new BoundedContent(plain, long.MaxValue) : null;
    }

    private void Settle(LogEvidence log, ILogContent? content, Func<PlacedRow, bool> isDue)
    {
        int kept = 0;
        foreach (PlacedRow row in CollectionsMarshal.AsSpan(_waiting))
        {
            if (isDue(row)) Settle(log, content, row);
            else _waiting[kept++] = row;
        }
        _waiting.RemoveRange(kept, _waiting.Count - kept);
    }

    // No extent that follows can concern it.
    private void Settle(LogEvidence log, ILogContent? content, PlacedRow row)
    {
        switch (row.State)
        {
            case RowState.Unplaced:
                AddUnplaced(log, content, row);
                return;
            case RowState.Changed:
                _rows.Add(FindingCode.RowChanged, "the store has other bytes than the ledger vouches for", log, row);
                return;
            case RowState.Suspect:
                _rows.Add(FindingCode.RowChanged, "the store has other bytes than the ledger vouches for, at least in one of the records of this extent", log, row);
                break;
            case RowState.Unverified when row.Time > _history.Time - GapTally.Grace:
                _rows.Add(FindingCode.RowPending, "the log file is gone, and the store does not have all of the extent yet", log, row);
                break;
            case RowState.Unverified:
                _rows.Add(FindingCode.RowUnverified, "the log file is gone, and the store does not have all of the extent, so its digest cannot be compared", log, row);
                break;
            case RowState.Erased:
                _rows.Add(FindingCode.RowErased, "erased in the log file by order; the store still has the record, and nothing vouches for it any more", log, row);
                break;
            case RowState.Adopted:
                _rows.Add(FindingCode.Adopted, "found in the log file after its writer was killed, and not attested before", log, row);
                break;
            default:
                Records++;
                Bytes += row.Record.Bytes.Length;
                break;
        }
        CheckColumns(log, row);
    }

    private void CheckColumns(LogEvidence log, PlacedRow row)
    {
        AuditRecord? read = _columns.Read(row.Record.Bytes.Span);
        if (_columns.FindDifference(row.Record, read) is { } names)
            _rows.Add(FindingCode.RowColumn, $"the store has something else in column {names} than in the bytes of the record", log, row);
        else if (row.Record.Problem is { } problem) _rows.Add(FindingCode.RowColumn, problem, log, row);
        if (read is { Function: null }) Functions.Add(log, row);
        if (row.State >= RowState.Unverified) Gaps.AddSent(log, read?.Function, row.Time);
    }

    private void AddUnplaced(LogEvidence log, ILogContent? content, PlacedRow row)
    {
        bool isFree = !log.Covered.Overlaps(row.Begin, row.End);
        if (isFree && IsInFile(content, row)) _rows.Add(FindingCode.Unattested, "in the log file, but not in the ledger: its writer was killed, and none has started since", log, row);
        else if (isFree && IsNew(row)) _rows.Add(FindingCode.RowPending, NewText, log, row);
        else if (isFree && content is null && _history.RunningInstance is not null)
            _rows.Add(FindingCode.Unattested, "not in the ledger, whose writer was killed, and the log file is gone", log, row);
        else _rows.Add(FindingCode.RowAdded, "the ledger has no such record at this place: it was added, or moved here", log, row);
    }

    private static bool IsInFile(ILogContent? content, PlacedRow row)
    {
        if (content is null) return false;
        byte[] bytes = new byte[row.Record.Bytes.Length];
        int count = 0;
        while (count < bytes.Length && content.Read(bytes.AsSpan(count), row.Begin + count) is > 0 and int read) count += read;
        return row.Record.Bytes.Span.SequenceEqual(bytes.AsSpan(0, count));
    }

    // A record may reach the store before its line reaches the ledger, and the ledger may be a copy that is older.
    private bool IsNew(PlacedRow row) => row.Record.Record.Time > LedgerTime.Of(_history.Time).AddMinutes(-1);

    private void AddGaps(LogEvidence log, in VouchedExtent extent, ExtentRows checks)
    {
        // What was found after a writer was killed need not have been sent, and may be another program's.
        if (extent.IsErased || extent.Kind == LeafKind.Adopted) return;
        foreach (ByteRange gap in checks.Gaps)
        {
            if (checks.IsRight) AddGap(log, extent, gap, checks.BytesOf(extent, gap));
            else Gaps.Add(extent, new StoreGap(log, gap, gap.Length, 0), $"//{log.FirstName}");
        }
    }

    // The records of a file may be of several functions.
    private void AddGap(LogEvidence log, in VouchedExtent extent, ByteRange gap, ReadOnlyMemory<byte> bytes)
    {
        long begin = gap.Begin;
        foreach ((int length, string? function, bool isRecord) in _columns.Divide(bytes))
        {
            if (isRecord) Gaps.Add(extent, new StoreGap(log, new ByteRange(begin, begin + length), length, 1), GapTally.KeyOf(log, function));
            begin += length;
        }
    }
}
