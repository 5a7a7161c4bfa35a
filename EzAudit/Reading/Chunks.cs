namespace EzAudit.Reading;

/// <summary>Cuts parts of a file into chunks.</summary>
internal static class Chunks
{
    // Whoever wants the last few records should not pay for many.
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
