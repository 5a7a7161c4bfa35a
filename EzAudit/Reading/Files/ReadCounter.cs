using EzAudit.Records;

namespace EzAudit.Reading.Files;

/// <summary>Counts the bytes that a reading is done with, and reports the progress. Thread-safe.</summary>
internal sealed class ReadCounter(IProgress<AuditReadProgress> progress)
{
    // More often than anybody can see, and rarely enough for a reading of millions of small pieces.
    private const int MaxReports = 1000;

    private readonly Lock _gate = new();
    private long _totalBytes;
    private long _bytesRead;
    private long _skippedBytes;
    private long _reportedBytes;

    /// <summary>A counter that reports to a receiver; <see langword="null"/> if there is none.</summary>
    public static ReadCounter? For(IProgress<AuditReadProgress>? progress) => progress is null ? null : new ReadCounter(progress);

    /// <summary>Starts a reading of so many bytes.</summary>
    public void Start(long totalBytes)
    {
        lock (_gate)
        {
            _totalBytes = totalBytes;
            _bytesRead = _skippedBytes = 0;
            Report();
        }
    }

    /// <summary>Counts bytes that were read.</summary>
    public void Add(long bytes) => Add(bytes, skipped: 0);

    /// <summary>Counts bytes that need not be read.</summary>
    public void Skip(long bytes) => Add(bytes, skipped: bytes);

    private void Add(long bytes, long skipped)
    {
        lock (_gate)
        {
            _bytesRead += bytes;
            _skippedBytes += skipped;
            if (_bytesRead >= _totalBytes || _bytesRead - _reportedBytes >= _totalBytes / MaxReports) Report();
        }
    }

    // Within the lock, so that the reported numbers never go back.
    private void Report()
    {
        _reportedBytes = _bytesRead;
        progress.Report(new AuditReadProgress { BytesRead = _bytesRead, TotalBytes = _totalBytes, SkippedBytes = _skippedBytes });
    }
}
