using EzAudit.Formats.Classic;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Passes the pieces of a block to a sink.</summary>
/// <remarks>
/// Optimized for speed: with a needle, only the pieces around its matches are located. Every header that is not the text of a
/// continuation line begins a piece, whatever precedes it, so a piece can be found from its middle. Measured by the benchmark read-back.
/// </remarks>
internal static class BlockWalk
{
    /// <summary>Passes on the pieces that may hold a needle; all of them if there is no needle or escapes could hide it.</summary>
    public static void Walk(in Block block, Needle? needle, IPieceSink sink)
    {
        if (needle is null || HasEscape(block.Bytes[block.Start..block.End])) WalkAll(block, sink);
        else WalkHits(block, needle, sink);
    }

    public static bool HasEscape(ReadOnlySpan<byte> bytes) => bytes.Contains((byte)'\\') && bytes.IndexOf(@"\u{"u8) >= 0;

    private static void WalkAll(in Block block, IPieceSink sink)
    {
        for (int at = block.Start; at < block.End;)
        {
            ClassicPiece piece = FindPiece(block, at);
            sink.Take(block.Bytes.Slice(at, piece.Length), piece, block.Offset + at);
            at += piece.Length;
        }
    }

    // If the end of a block does not decide, the piece is too large for memory.
    private static ClassicPiece FindPiece(in Block block, int at)
    {
        ClassicPiece piece = ClassicReading.Find(block.Bytes[at..], block.IsFinal);
        return piece.Length > 0 ? piece : new ClassicPiece(block.End - at, AuditLogProblemKind.Damage);
    }

    private static void WalkHits(in Block block, Needle needle, IPieceSink sink)
    {
        var search = new NeedleSearch(needle, block.Bytes[..block.End]);
        int done = block.Start;
        for (int hit = search.Next(done); hit >= 0; hit = search.Next(Math.Max(hit + 1, done)))
        {
            int start = ClassicReading.FindLastHeader(block.Bytes, done, hit + 1);
            if (start < 0) continue;
            ClassicPiece piece = FindPiece(block, start);
            sink.Take(block.Bytes.Slice(start, piece.Length), piece, block.Offset + start);
            done = start + piece.Length;
        }
    }
}

/// <summary>Consecutive pieces of a classic log that are in memory together.</summary>
/// <param name="bytes">The pieces, with the surrounding bytes that decide what they are.</param>
/// <param name="start">Where the first piece begins.</param>
/// <param name="end">Where the last one ends: at a header or at the end of the file.</param>
/// <param name="offset">The offset of the bytes in the file.</param>
/// <param name="isFinal">Whether the file ends after these bytes.</param>
internal readonly ref struct Block(ReadOnlySpan<byte> bytes, int start, int end, long offset, bool isFinal)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int Start { get; } = start;

    public int End { get; } = end;

    public long Offset { get; } = offset;

    public bool IsFinal { get; } = isFinal;
}

/// <summary>Receives the pieces of a classic log in order: all of them, or those that may match.</summary>
internal interface IPieceSink
{
    /// <param name="bytes">The piece.</param>
    /// <param name="piece">What the piece is.</param>
    /// <param name="offset">The offset of the piece in the file.</param>
    void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset);
}
