using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Consecutive pieces of a log file that are in memory together, with the surrounding bytes that decide what they are.</summary>
/// <remarks>Optimized for speed: with a needle, only the pieces around its matches are located. Measured by the benchmark read-back.</remarks>
/// <param name="syntax">The syntax of the file.</param>
internal readonly ref struct Block(RecordSyntax syntax)
{
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Where the first piece begins.</summary>
    public required int Start { get; init; }

    /// <summary>Where the last piece ends: at the start of a record or at the end of the file.</summary>
    public required int End { get; init; }

    /// <summary>The offset of the bytes in the file.</summary>
    public required long Offset { get; init; }

    /// <summary>Whether the file ends after these bytes.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Passes the pieces that may hold a needle, or hide it with an escape, to a sink; all of them if there is no needle.</summary>
    public void Walk(Needle? needle, IPieceSink sink)
    {
        if (needle is null) WalkAll(sink);
        else WalkHits(needle, sink);
    }

    private void WalkAll(IPieceSink sink)
    {
        for (int at = Start; at < End;) at += Take(at, sink);
    }

    private void WalkHits(Needle needle, IPieceSink sink)
    {
        var search = new NeedleSearch(needle, Bytes[..End]);
        int done = Start;
        for (int hit = search.Next(done); hit >= 0; hit = search.Next(Math.Max(hit + 1, done)))
        {
            int start = syntax.FindLastStart(Bytes, done, hit + 1);
            if (start >= 0) done = start + Take(start, sink);
        }
    }

    private int Take(int at, IPieceSink sink)
    {
        RecordPiece piece = syntax.ReadPiece(Bytes[at..], IsFinal, out RecordView view);
        // If the end of a block does not decide, the piece is too large for memory.
        if (piece.Length == 0) piece = new RecordPiece(End - at, AuditLogProblemKind.Damage);
        sink.Take(Bytes.Slice(at, piece.Length), piece, view, Offset + at);
        return piece.Length;
    }
}

/// <summary>Receives the pieces of a log file in order: all of them, or those that may match.</summary>
internal interface IPieceSink
{
    /// <param name="bytes">The piece.</param>
    /// <param name="piece">What the piece is.</param>
    /// <param name="view">The record, if it is one.</param>
    /// <param name="offset">The offset of the piece in the file.</param>
    void Take(ReadOnlySpan<byte> bytes, in RecordPiece piece, in RecordView view, long offset);
}
