namespace EzAudit.Reading;

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
