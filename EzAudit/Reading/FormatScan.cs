using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Reading;

/// <summary>Reads every record of a file through its format, whatever it is.</summary>
internal sealed class FormatScan(LogMember member, RecordTest test)
{
    private readonly PieceReader _pieces = new(new LogFileReader(member.File.Path, member.Content), member.Format);

    public IReadOnlyList<AuditLogProblem> Problems => _pieces.Problems;

    /// <summary>The records that meet the test, from the beginning of the file or of another record on.</summary>
    public IEnumerable<AuditFoundRecord> Read(long start = 0)
    {
        _pieces.Start(start);
        while (_pieces.TryNext(out AuditReadResult piece))
        {
            if (piece.Record is not { } record || !test.IsMet(record, record.Function ?? member.File.OnlyFunction)) continue;
            yield return new AuditFoundRecord(member.File, _pieces.Offset, _pieces.Bytes.ToArray(), record.Time, piece.Problem is not null, member.Read);
        }
    }
}
