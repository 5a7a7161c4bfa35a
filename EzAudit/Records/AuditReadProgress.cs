namespace EzAudit.Records;

/// <summary>How far a long reading is. Handed in, filled by the reading, and looked at from any thread.</summary>
public sealed class AuditReadProgress
{
    private long _bytesRead;
    private long _totalBytes;
    private long _skippedBytes;

    /// <summary>How many bytes of the files on disk are behind it, those that need no look included.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>How many there are; 0 as long as it is not known.</summary>
    public long TotalBytes => Volatile.Read(ref _totalBytes);

    /// <summary>How many of them were left out because they lie outside of the time that was asked for.</summary>
    public long SkippedBytes => Volatile.Read(ref _skippedBytes);

    internal void Start(long totalBytes)
    {
        Volatile.Write(ref _bytesRead, 0);
        Volatile.Write(ref _skippedBytes, 0);
        Volatile.Write(ref _totalBytes, totalBytes);
    }

    internal void Add(long bytes) => Interlocked.Add(ref _bytesRead, bytes);

    internal void Skip(long bytes)
    {
        Interlocked.Add(ref _skippedBytes, bytes);
        Add(bytes);
    }
}
