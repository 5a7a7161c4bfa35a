using System.Diagnostics;
using EzAudit.Records;

namespace EzAudit.Storage;

/// <summary>
/// The right to append to one log file, held against other processes for a few milliseconds at a time, so that a busy writer takes
/// the lock once for many records. Not thread-safe.
/// </summary>
/// <remarks>
/// Two locks make it fair. A process that waits for the lease takes the turnstile first; the last holder must pass the turnstile
/// again and so cannot overtake the process waiting in it.
/// </remarks>
internal sealed class FileLease : IDisposable
{
    // The clock behind TickCount64 has steps of up to 4 ms.
    private const long MaxAgeMs = 2;

    private readonly IFileLock _turnstile;
    private readonly IFileLock _main;
    private readonly string _path;
    private long _takenAt;
    private bool _wasHeldToTheEnd;

    /// <summary>Opens the locks of a log file; takes none.</summary>
    public FileLease(ILogDirectory directory, string logFile)
    {
        _turnstile = directory.OpenLock(LockFiles.TurnstileName(logFile));
        _main = directory.OpenLock(LockFiles.LeaseName(logFile));
        _path = Path.Combine(directory.Path, logFile);
    }

    public bool IsHeld { get; private set; }

    /// <summary>Whether the lease has been held long enough, so that other processes should have their turn.</summary>
    /// <param name="tick">The current time, as <see cref="Environment.TickCount64"/>.</param>
    public bool IsDueAt(long tick) => tick - _takenAt >= MaxAgeMs;

    /// <summary>Takes the lease, waiting for other processes.</summary>
    /// <exception cref="StorageException">Another process held the lock for too long; it may be suspended.</exception>
    public void Take(TimeSpan timeout)
    {
        // A process that has just used up its full term queues at the turnstile again; any other may find the lock free.
        if (_wasHeldToTheEnd || !_main.TryLock()) TakeInTurn(timeout);
        _wasHeldToTheEnd = false;
        IsHeld = true;
        _takenAt = Environment.TickCount64;
    }

    public void Release()
    {
        if (!IsHeld) return;
        IsHeld = false;
        _wasHeldToTheEnd = IsDueAt(Environment.TickCount64);
        _main.Unlock();
    }

    public void Dispose()
    {
        _main.Dispose();
        _turnstile.Dispose();
    }

    private void TakeInTurn(TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        Wait(_turnstile, start, timeout);
        try
        {
            Wait(_main, start, timeout);
        }
        finally
        {
            _turnstile.Unlock();
        }
    }

    private void Wait(IFileLock fileLock, long start, TimeSpan timeout)
    {
        var spin = new SpinWait();
        while (!fileLock.TryLock())
        {
            if (Stopwatch.GetElapsedTime(start) > timeout)
            {
                throw new StorageException(AuditWriteStage.Lock, _path, $"another process held its lock for {timeout.TotalSeconds:0.###} s; that process may be suspended.");
            }
            spin.SpinOnce();
        }
    }
}
