namespace EzAudit.Reading.Scanning;

/// <summary>Splits parts of a file into chunks.</summary>
internal static class Chunks
{
    // A search for the last few records should not pay for many.
    private const int FirstBackwards = 32 << 10;

    public static IEnumerable<Chunk> Forward(IReadOnlyList<Chunk> parts, int size)
    {
        foreach (Chunk part in parts)
        {
            for (long start = part.Start; start < part.End; start += size)
                yield return new Chunk(start, Math.Min(part.End, start + size));
        }
    }

    public static IEnumerable<Chunk> Backwards(IReadOnlyList<Chunk> parts, int largest)
    {
        int size = Math.Min(FirstBackwards, largest);
        foreach (Chunk part in parts.Reverse())
        {
            for (long end = part.End, start; end > part.Start; end = start)
            {
                start = Math.Max(part.Start, end - size);
                yield return new Chunk(start, end);
                size = Math.Min(size * 2, largest);
            }
        }
    }
}

/// <summary>A range of a file that owns the pieces from its first header to the first header after it.</summary>
internal readonly record struct Chunk(long Start, long End);

/// <summary>How files are split for reading.</summary>
/// <param name="Bytes">The maximum size of a chunk: large enough to amortize the read, small enough for the cache of a core.</param>
/// <param name="Lookahead">How many more bytes are read after it: most records that begin in it end there.</param>
internal readonly record struct ChunkSize(int Bytes, int Lookahead)
{
    public static ChunkSize Usual { get; } = new(512 << 10, 16 << 10);
}
