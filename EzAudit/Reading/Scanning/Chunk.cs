namespace EzAudit.Reading.Scanning;

/// <summary>A range of a file that owns the pieces from its first start of a record to the first one after it.</summary>
internal readonly record struct Chunk(long Start, long End)
{
    // A search for the last few records should not pay for many.
    private const int FirstBackwards = 32 << 10;

    public long Length => End - Start;

    /// <summary>Divides ranges of a file into chunks of a size, in order.</summary>
    public static IEnumerable<Chunk> Divide(IReadOnlyList<Chunk> ranges, int size)
    {
        foreach (Chunk range in ranges)
        {
            for (long start = range.Start; start < range.End; start += size)
                yield return new Chunk(start, Math.Min(range.End, start + size));
        }
    }

    /// <summary>Divides ranges of a file into chunks of at most a size, from the last to the first.</summary>
    public static IEnumerable<Chunk> DivideBackwards(IReadOnlyList<Chunk> ranges, int largest)
    {
        int size = Math.Min(FirstBackwards, largest);
        foreach (Chunk range in ranges.Reverse())
        {
            for (long end = range.End, start; end > range.Start; end = start)
            {
                start = Math.Max(range.Start, end - size);
                yield return new Chunk(start, end);
                size = Math.Min(size * 2, largest);
            }
        }
    }
}

/// <summary>How files are divided for reading.</summary>
/// <param name="Bytes">The maximum size of a chunk: large enough to amortize the read, small enough for the cache of a core.</param>
/// <param name="Lookahead">How many more bytes are read after it: most records that begin in it end there.</param>
internal readonly record struct ChunkSize(int Bytes, int Lookahead)
{
    public static ChunkSize Usual { get; } = new(512 << 10, 16 << 10);
}
