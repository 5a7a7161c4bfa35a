using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Verifying;
using NodaTime;

namespace EzAudit.Sealing.Comparing;

/// <summary>One verification of a store with a ledger, as docs/central.md describes it. Used once, by one thread.</summary>
internal sealed class StoreVerification : IDisposable
{
    private readonly VerifySetup _setup;
    private readonly CancellationToken _cancellation;
    private readonly FindingList _findings = new();
    private readonly LogListing _listing;
    private readonly LedgerSegments _segments;
    private readonly IReadOnlyList<LedgerPart> _parts;
    private readonly CheckpointChecks _checkpoints;
    private readonly LedgerHistory _history;

    private StoreVerification(VerifySetup setup, CancellationToken cancellation)
    {
        (_setup, _cancellation) = (setup, cancellation);
        byte[] newest = CheckpointChecks.ReadNewest(setup.Directory);
        _listing = LogListing.Of(setup.Directory);
        _listing.TryHold();
        _segments = LedgerSegments.Open(setup.Directory);
        _parts = [.. _segments.Divide(LedgerSegments.UsualPart)];
        _listing.Update();
        _checkpoints = new CheckpointChecks(new AnchorChecks(setup.Anchors), newest, setup.Threads);
        _history = new LedgerHistory(setup.Keys, _checkpoints);
    }

    /// <summary>Verifies a store.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public static AuditVerification Complete(VerifySetup setup, IAuditPlacedRecords store, DateTimeZone? zone, CancellationToken cancellation)
    {
        // First the store, then the ledger: whatever the store has, the ledger vouches for by the time it is read, because writers are not that slow.
        using var rows = new RowReader(store.Read(setup.Keys.First().Name, cancellation));
        cancellation.WaitHandle.WaitOne(setup.SettleTime);
        using var verification = new StoreVerification(setup, cancellation);
        return verification.Run(store, rows, zone);
    }

    public void Dispose()
    {
        _segments.Dispose();
        _listing.Dispose();
    }

    private AuditVerification Run(IAuditPlacedRecords store, RowReader rows, DateTimeZone? zone)
    {
        Replay();
        LogComparison? comparison = null;
        if (_history.Report(_findings))
        {
            _history.Erasures.Resolve();
            LedgerVerification.AddLedgerFindings(_findings, _history, _checkpoints);
            new LogFindings(_findings, _setup.FunctionsOf).AddErasures(_history);
            comparison = Compare(store, rows, zone);
            LedgerVerification.AddLateFindings(_findings, _history, _setup.FreshUntil);
        }
        return new AuditVerification
        {
            Result = _findings.Result,
            Directory = _setup.Directory,
            Findings = _findings.All,
            Origin = _history.Keys.Origin,
            Leaves = _history.Leaves,
            Checkpoints = _history.Checkpoints,
            Files = _history.Logs.Count,
            Records = comparison?.Records ?? 0,
            AttestedBytes = comparison?.Bytes ?? 0,
            Checkpoint = _history.IsStopped ? null : _history.LastCheckpoint?.Note,
            LastTime = _history.Tree.Size > 0 ? LedgerTime.Of(_history.Time) : null,
        };
    }

    private void Replay()
    {
        var replay = new LedgerReplay(_segments, _history);
        ParsedPart.ReadAll(_segments, _parts, _setup.Threads, part =>
        {
            _cancellation.ThrowIfCancellationRequested();
            replay.Take(part);
            return !_history.IsStopped;
        });
        replay.Finish();
    }

    private LogComparison Compare(IAuditPlacedRecords store, RowReader rows, DateTimeZone? zone)
    {
        using var matcher = new LogMatcher(_history, _listing);
        matcher.Match();
        var columns = new RecordColumns(zone);
        var comparison = new LogComparison(_history, new ExtentOrder(_segments, _parts, _history, _cancellation), columns, _findings);
        foreach (LogEvidence log in _history.Logs)
        {
            AddUnknown(comparison, rows, before: log.Id);
            comparison.Compare(log, rows);
        }
        AddUnknown(comparison, rows, before: long.MaxValue);
        comparison.Finish();
        comparison.Functions.Report(_findings);
        comparison.Gaps.Report(_findings, store, _history.Time);
        if (columns.Unreadable > 0) _findings.Add(FindingCode.RowFormat, $"the format of {columns.Unreadable} records cannot be read: their bytes were compared, their columns were not");
        return comparison;
    }

    private static void AddUnknown(LogComparison comparison, RowReader rows, long before)
    {
        while (rows.Next is { } row && row.Record.Place.File < before)
        {
            comparison.AddUnknown(row);
            rows.Take();
        }
    }
}
