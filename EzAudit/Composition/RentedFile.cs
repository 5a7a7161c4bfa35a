namespace EzAudit.Composition;

/// <summary>The right of one reading of the settings to a log file, until the last record by these settings is written.</summary>
internal sealed class RentedFile(SharedFiles files, LogFileKey key) : IDisposable
{
    private bool _isReturned;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, true)) return;
        files.Release(key);
    }
}
