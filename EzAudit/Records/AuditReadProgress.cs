namespace EzAudit.Records;

/// <summary>The progress of a long read. Pass it in; it is updated during the read and can be queried from any thread.</summary>
public sealed class AuditReadProgress
{
    private long _bytesRead;
    private long _totalBytes;
    private long _skippedBytes;

    /// <summary>The number of bytes of the files on disk that are done, including those that were skipped.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>The total number of bytes; 0 while unknown.</summary>
    public long TotalBytes => Volatile.Read(ref _totalBytes);

    /// <summary>The number of bytes skipped because they are outside the requested time range.</summary>
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
