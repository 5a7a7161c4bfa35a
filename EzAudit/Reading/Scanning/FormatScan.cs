using EzAudit.Extensibility;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Reads every record of a file through its format, whatever it is.</summary>
internal sealed class FormatScan(LogMember member, QueryMatcher test)
{
    private readonly PieceReader _pieces = new(new LogFileReader(member.File.Path, member.Content, member.Window), member.Format);

    private readonly FunctionTest _functions = test.FunctionsOf(member.File);
    private readonly ProblemList _doubts = new(member.File.Path);

    public IReadOnlyList<AuditLogProblem> Problems => _pieces.Problems;

    /// <summary>The records that may or may not match.</summary>
    public ProblemList Doubts => _doubts;

    /// <summary>The matching records from the start of the file, or of another record, up to the first one that begins at or after the end.</summary>
    public IEnumerable<AuditFoundRecord> Read(long start = 0, long end = long.MaxValue)
    {
        _pieces.Start(start);
        while (_pieces.TryNext(out AuditReadResult piece))
        {
            if (_pieces.Offset >= end) yield break;
            if (piece.Record is not { } record) continue;
            Match match = test.Of(record, member.File, _functions);
            if (match == Match.Maybe) _doubts.AddDoubt(member.File, _pieces.Offset);
            if (match == Match.No || (match == Match.Maybe && test.Query.OnlyCertain)) continue;
            yield return new AuditFoundRecord(member.File, _pieces.Offset, _pieces.Bytes.ToArray(), record.Time, piece.Problem is not null, member.Read);
        }
    }
}
