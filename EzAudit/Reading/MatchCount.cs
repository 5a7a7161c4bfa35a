using EzAudit.Formats;

namespace EzAudit.Reading;

/// <summary>Counts the records that meet a query.</summary>
internal sealed class MatchCount(PieceJudge judge) : IPieceSink
{
    public long Count { get; private set; }

    public void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset)
    {
        if (piece.IsRecord && ClassicView.TryRead(bytes, piece, out ClassicView view) && judge.IsMet(view, judge.TicksOf(view))) Count++;
    }
}
