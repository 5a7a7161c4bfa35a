using System.Diagnostics;
using EzAudit.Records;

namespace EzAudit.Storage;

/// <summary>
/// The right to append to one log file, held against other processes for a few milliseconds at a time, so that a busy writer pays
/// for the lock once for many records. Not for several threads at once.
/// </summary>
/// <remarks>
/// Two locks make it fair. Who wants the lease first takes the turnstile; the holder who lets go must pass the turnstile
/// again and so cannot overtake the one who waits in it.
/// </remarks>
internal sealed class FileLease(IFileLock turnstile, IFileLock main, string path) : IDisposable
{
    // The clock behind TickCount64 steps by up to 4 ms.
    private const long MaxAgeMs = 2;

    private long _takenAt;
    private bool _wasHeldToTheEnd;

    public bool IsHeld { get; private set; }

    /// <summary>Whether it has been held long enough and others should have their turn.</summary>
    /// <param name="tick">Now, by <see cref="Environment.TickCount64"/>.</param>
    public bool IsDueAt(long tick) => tick - _takenAt >= MaxAgeMs;

    /// <summary>Takes the lease, waiting for other processes.</summary>
    /// <exception cref="StorageException">Another process did not let go in time: it may be stopped.</exception>
    public void Take(TimeSpan timeout)
    {
        // Who has just held it to the end stands in line again; who comes anew may find it free.
        if (_wasHeldToTheEnd || !main.TryLock()) TakeInTurn(timeout);
        _wasHeldToTheEnd = false;
        IsHeld = true;
        _takenAt = Environment.TickCount64;
    }

    public void Release()
    {
        if (!IsHeld) return;
        IsHeld = false;
        _wasHeldToTheEnd = IsDueAt(Environment.TickCount64);
        main.Unlock();
    }

    public void Dispose()
    {
        main.Dispose();
        turnstile.Dispose();
    }

    private void TakeInTurn(TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        Wait(turnstile, start, timeout);
        try
        {
            Wait(main, start, timeout);
        }
        finally
        {
            turnstile.Unlock();
        }
    }

    private void Wait(IFileLock fileLock, long start, TimeSpan timeout)
    {
        var spin = new SpinWait();
        while (!fileLock.TryLock())
        {
            if (Stopwatch.GetElapsedTime(start) > timeout)
            {
                throw new StorageException(
                    AuditWriteStage.Lock, path, 0, "", $"{path}: found its lock held by another process for {timeout.TotalSeconds:0.###} s, expected it free.");
            }
            spin.SpinOnce();
        }
    }
}
