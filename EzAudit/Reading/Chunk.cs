namespace EzAudit.Reading;

/// <summary>A stretch of a file: the pieces from its first header to the first header behind it are its own.</summary>
internal readonly record struct Chunk(long Start, long End);
