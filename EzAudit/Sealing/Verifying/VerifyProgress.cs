using EzAudit.Records;

namespace EzAudit.Sealing.Verifying;

/// <summary>Counts the bytes that are verified, and reports the progress. Thread-safe.</summary>
/// <param name="progress">The receiver.</param>
/// <param name="total">The bytes of the ledger and of what it vouches for, as far as is known.</param>
internal sealed class VerifyProgress(IProgress<AuditReadProgress> progress, long total)
{
    private const int MaxReports = 1000;

    private readonly Lock _gate = new();
    private long _read;
    private long _reported;

    public void Add(long bytes)
    {
        lock (_gate)
        {
            _read += bytes;
            if (_read - _reported < total / MaxReports) return;
            _reported = _read;
            progress.Report(new AuditReadProgress { BytesRead = Math.Min(_read, total), TotalBytes = total });
        }
    }
}
