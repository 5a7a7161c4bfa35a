namespace EzAudit.Reading;

/// <summary>How files are cut for reading.</summary>
/// <param name="Bytes">How large a chunk is at most: large enough to pay for its reading, small enough for the cache of a core.</param>
/// <param name="Behind">How much more is read behind it: most records that begin in it end there.</param>
internal readonly record struct ChunkSize(int Bytes, int Behind)
{
    public static ChunkSize Usual { get; } = new(512 << 10, 16 << 10);
}
