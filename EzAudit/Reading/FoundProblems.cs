using EzAudit.Formats;
using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>Keeps everything that is wrong, records that are given all the same included.</summary>
internal sealed class FoundProblems(string path) : IPieceSink
{
    public ProblemList Problems { get; } = new(path);

    public void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset)
    {
        if (piece.Problem is { } kind)
        {
            Problems.Add(kind, bytes, offset, isRecord: false);
        }
        else if (piece.IsRecord)
        {
            bool isRecord = ClassicView.TryRead(bytes, piece, out ClassicView view);
            if (!isRecord || !view.IsSound()) Problems.Add(AuditLogProblemKind.Damage, bytes, offset, isRecord);
        }
    }
}
