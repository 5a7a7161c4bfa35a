using EzAudit.Records;
using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Verifying;

/// <summary>Turns what was found in the log files into findings.</summary>
/// <param name="findings">Receives them.</param>
/// <param name="functionsOf">The functions of a log file, by its name in the ledger.</param>
internal sealed class LogFindings(FindingList findings, Func<string, IReadOnlyList<string>> functionsOf)
{
    private const string OlderText = "older than the ledger, which does not vouch for it";
    private const string LostText = "not on disk: lost in a power cut, before a checkpoint covered it";

    /// <summary>Adds what is wrong with the erasures, and which extents were erased.</summary>
    public void AddErasures(LedgerHistory history)
    {
        foreach (DroppedExtent extent in history.Erasures.Unexplained)
            findings.Add(Of(FindingCode.Erasure, history.LogOf(extent.FileId)!, "its salt was removed, and no order to erase says so") with { Offset = extent.Offset, Length = extent.Length, Leaf = extent.Seq });
        foreach ((DroppedExtent extent, Erasure last) in history.Erasures.Explained)
        {
            string problem = $"erased by order: {history.Erasures.TextOf(last.Order)}";
            findings.Add(Of(FindingCode.Erased, history.LogOf(extent.FileId)!, problem) with { Offset = extent.Offset, Length = extent.Length, Leaf = extent.Seq, Time = LedgerTime.Of(extent.Time) });
        }
    }

    /// <summary>Adds the problems of extents. Of a missing file, one says it all.</summary>
    public void AddFaults(IReadOnlyList<ExtentFault> faults)
    {
        foreach (IGrouping<LogEvidence, ExtentFault> log in faults.GroupBy(fault => fault.Log).OrderBy(log => log.Key.Id))
        {
            bool isMissing = log.Key.Content is null && log.Any(fault => fault.Code != FindingCode.Lost);
            if (isMissing) findings.Add(Of(FindingCode.MissingFile, log.Key, "the file is missing: no file of this directory contains it, and retention did not remove it"));
            else foreach (ExtentFault fault in log.OrderBy(fault => fault.Bytes.Begin)) findings.Add(Of(fault));
        }
    }

    /// <summary>The ranges of a file that no attested record covers. If it is damaged or older as a whole, that is a finding.</summary>
    public IEnumerable<ExtentFault> FindUnattested(LogContent content, Func<LogEvidence, LogTally> tallyOf)
    {
        LogEvidence newest = content.Logs[^1];
        if (content.Failure is { } failure)
        {
            findings.Add(Of(FindingCode.Extent, newest, $"{failure}; nothing in it can be verified") with { File = content.Name });
            return [];
        }
        long end = content.AttestableLength;
        if (content.Logs.Any(log => log.IsOlder))
        {
            findings.Add(Of(FindingCode.Base, newest, OlderText) with { File = content.Name });
            return [];
        }
        var older = new CoveredRanges();
        foreach (LogEvidence log in content.Logs) older.Add(0, log.Base);
        var all = new CoveredRanges();
        all.Add(0, end);
        var found = new List<ExtentFault>();
        CoveredRanges covered = Join(content, tallyOf, LeafKind.Records);
        foreach ((string code, CoveredRanges ranges) in new[]
        {
            (FindingCode.Adopted, Join(content, tallyOf, LeafKind.Adopted)), (FindingCode.Torn, Join(content, tallyOf, LeafKind.Torn)), (FindingCode.Base, older), (FindingCode.Unattested, all),
        })
        {
            found.AddRange(ranges.All.SelectMany(range => covered.Gaps(range.Begin, Math.Min(range.End, end)))
                .Select(gap => new ExtentFault(newest, code, gap, 0, 0) { IsUnattested = true, FileName = content.Name }));
            foreach (ByteRange range in ranges.All) covered.Add(range.Begin, range.End);
        }
        return found;
    }

    /// <summary>Adds ranges that no attested record covers.</summary>
    public void AddUnattested(IEnumerable<ExtentFault> ranges)
    {
        foreach (ExtentFault range in ranges) findings.Add(Of(range));
    }

    public void AddUnknown(string name, long length) =>
        findings.Add(FindingList.Of(FindingCode.UnknownFile, "not in the ledger, although it is named like a log file") with { File = name, Length = length, Functions = functionsOf(name) });

    private static CoveredRanges Join(LogContent content, Func<LogEvidence, LogTally> tallyOf, LeafKind kind)
    {
        var joined = new CoveredRanges();
        foreach (ByteRange range in content.Logs.SelectMany(log => tallyOf(log).RangesOf(kind).All)) joined.Add(range.Begin, range.End);
        return joined;
    }

    private AuditFinding Of(ExtentFault fault)
    {
        string problem = fault.Code switch
        {
            FindingCode.Lost => LostText,
            FindingCode.Shortened => "the file is shorter than what was written to it",
            FindingCode.Adopted => "found in the file, and not written by a living writer: not attested",
            FindingCode.Torn => "a torn record that a killed writer left: not attested",
            FindingCode.Base => OlderText,
            FindingCode.Unattested => "not in the ledger: nothing vouches for it",
            _ => "the bytes are not those that were written",
        };
        AuditFinding finding = Of(fault.Code, fault.Log, problem);
        return finding with
        {
            File = fault.FileName ?? finding.File,
            Offset = fault.Bytes.Begin,
            Length = fault.Bytes.Length,
            FirstRecord = fault.Records > 0 ? fault.RecordsBefore + 1 : null,
            LastRecord = fault.Records > 0 ? fault.RecordsBefore + fault.Records : null,
            Leaf = fault.IsUnattested ? null : fault.Leaf,
            Time = fault.IsUnattested ? null : LedgerTime.Of(fault.Time),
        };
    }

    private AuditFinding Of(string code, LogEvidence log, string problem) =>
        FindingList.Of(code, problem) with { File = log.Content?.Name ?? log.Name, Functions = functionsOf(log.FirstName) };
}
