using EzAudit.Formats.Classic;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Hands the pieces of a block on.</summary>
/// <remarks>
/// Fast on purpose: where a needle is known, only the pieces around its places are looked for. Every header that is not the text of a
/// continuation line begins a piece, whatever stands before it, so that a piece can be found from its middle. Proven by the benchmark read-back.
/// </remarks>
internal static class BlockWalk
{
    /// <summary>Hands on what may hold a needle; everything without one, or where escapes could hide it.</summary>
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

    // Where a block ends without telling, a piece is too large for memory.
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

/// <summary>Pieces of a classic log that are in memory together.</summary>
/// <param name="bytes">The pieces, with what stands before and behind them where that decides what they are.</param>
/// <param name="start">Where the first piece begins.</param>
/// <param name="end">Where the last one ends: at a header, or where the file ends.</param>
/// <param name="offset">Where the bytes are in the file.</param>
/// <param name="isFinal">Whether the file ends with the bytes.</param>
internal readonly ref struct Block(ReadOnlySpan<byte> bytes, int start, int end, long offset, bool isFinal)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int Start { get; } = start;

    public int End { get; } = end;

    public long Offset { get; } = offset;

    public bool IsFinal { get; } = isFinal;
}

/// <summary>Takes the pieces of a classic log one after the other: all of them, or those that may hold what is wanted.</summary>
internal interface IPieceSink
{
    /// <param name="bytes">The piece.</param>
    /// <param name="piece">What it is.</param>
    /// <param name="offset">Where it is in the file.</param>
    void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset);
}
