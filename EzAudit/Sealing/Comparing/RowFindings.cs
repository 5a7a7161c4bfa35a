using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Sealing.Verifying;

namespace EzAudit.Sealing.Comparing;

/// <summary>Turns records of a store that are not as they should be into findings, one for several that follow each other. Not thread-safe.</summary>
/// <param name="findings">Receives them.</param>
internal sealed class RowFindings(FindingList findings)
{
    private AuditFinding? _open;
    private AuditRecordId _first;
    private AuditRecordId _last;
    private long _count;

    /// <param name="code">What is wrong.</param>
    /// <param name="problem">The same for people.</param>
    /// <param name="log">The log file; <see langword="null"/> if the ledger does not know it.</param>
    /// <param name="row">The record.</param>
    public void Add(string code, string problem, LogEvidence? log, PlacedRow row)
    {
        AuditPlacedRecord record = row.Record;
        string? file = log?.Content?.Name ?? log?.Name;
        bool isNext = _open is { } before && before.Code == code && before.Problem == problem && before.File == file && before.Functions[0] == record.Record.Function
            && before.Offset + before.Length == row.Begin;
        if (isNext)
        {
            _open = _open! with { Length = _open!.Length + record.Bytes.Length };
            _last = record.Id;
            _count++;
            return;
        }
        Close();
        _open = FindingList.Of(code, problem) with
        {
            File = file,
            Functions = [record.Record.Function ?? ""],
            Offset = row.Begin,
            Length = record.Bytes.Length,
            Leaf = row.Leaf,
            Time = row.Leaf is null ? record.Record.Time : LedgerTime.Of(row.Time),
        };
        (_first, _last, _count) = (record.Id, record.Id, 1);
    }

    /// <summary>Adds the last one.</summary>
    public void Close()
    {
        if (_open is not { } finding) return;
        findings.Add(finding with { Problem = $"{finding.Problem}: {(_count == 1 ? $"record {_first}" : $"{_count} records, {_first} to {_last}")}" });
        _open = null;
    }
}
