using EzAudit.Records;

namespace EzAudit.Storage.Rewriting;

/// <summary>Keeps the compressor away from the rotated files of a log file: it would bring back what is overwritten meanwhile.</summary>
internal sealed class CompressorLock : IDisposable
{
    private const int PauseMs = 20;
    private const long PatienceMs = 60_000;

    private readonly IFileLock _lock;

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="StorageException">Another process holds it for too long.</exception>
    public CompressorLock(ILogDirectory directory, string logFile, CancellationToken cancellation)
    {
        _lock = directory.OpenLock(LockFiles.CompressionName(logFile));
        try
        {
            for (long start = Environment.TickCount64; !_lock.TryLock(); cancellation.WaitHandle.WaitOne(PauseMs))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Environment.TickCount64 - start > PatienceMs)
                    throw new StorageException(AuditWriteStage.Lock, Path.Combine(directory.Path, logFile), "another process is compressing or recovering its files. Try again when it has finished.");
            }
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _lock.Unlock();
        _lock.Dispose();
    }
}
