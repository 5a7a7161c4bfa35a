using EzAudit.Formats;
using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>Keeps everything that is wrong, records that are given all the same included.</summary>
internal sealed class FoundProblems(string path) : IPieceSink
{
    public ProblemList Problems { get; } = new(path);

    public void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset)
    {
        if (Problems.TryRead(bytes, piece, offset, out ClassicView view) && !view.IsSound())
            Problems.Add(AuditLogProblemKind.Damage, bytes, offset, isRecord: true);
    }
}
