using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Passes the pieces of a block to a sink.</summary>
/// <remarks>Optimized for speed: with a needle, only the pieces around its matches are located. Measured by the benchmark read-back.</remarks>
internal static class BlockWalk
{
    /// <summary>Passes on the pieces that may hold a needle, or hide it with an escape; all of them if there is no needle.</summary>
    public static void Walk(in Block block, Needle? needle, IPieceSink sink)
    {
        if (needle is null) WalkAll(block, sink);
        else WalkHits(block, needle, sink);
    }

    private static void WalkAll(in Block block, IPieceSink sink)
    {
        for (int at = block.Start; at < block.End;) at += Take(block, at, sink);
    }

    private static void WalkHits(in Block block, Needle needle, IPieceSink sink)
    {
        var search = new NeedleSearch(needle, block.Bytes[..block.End]);
        int done = block.Start;
        for (int hit = search.Next(done); hit >= 0; hit = search.Next(Math.Max(hit + 1, done)))
        {
            int start = block.Syntax.FindLastStart(block.Bytes, done, hit + 1);
            if (start >= 0) done = start + Take(block, start, sink);
        }
    }

    private static int Take(in Block block, int at, IPieceSink sink)
    {
        RecordPiece piece = block.Syntax.ReadPiece(block.Bytes[at..], block.IsFinal, out RecordView view);
        // If the end of a block does not decide, the piece is too large for memory.
        if (piece.Length == 0) piece = new RecordPiece(block.End - at, AuditLogProblemKind.Damage);
        sink.Take(block.Bytes.Slice(at, piece.Length), piece, view, block.Offset + at);
        return piece.Length;
    }
}

/// <summary>Consecutive pieces of a log file that are in memory together, with the surrounding bytes that decide what they are.</summary>
/// <param name="syntax">The syntax of the file.</param>
internal readonly ref struct Block(RecordSyntax syntax)
{
    public RecordSyntax Syntax => syntax;

    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Where the first piece begins.</summary>
    public required int Start { get; init; }

    /// <summary>Where the last piece ends: at the start of a record or at the end of the file.</summary>
    public required int End { get; init; }

    /// <summary>The offset of the bytes in the file.</summary>
    public required long Offset { get; init; }

    /// <summary>Whether the file ends after these bytes.</summary>
    public bool IsFinal { get; init; }
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
