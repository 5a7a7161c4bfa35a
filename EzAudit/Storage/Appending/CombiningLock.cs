using System.Diagnostics;
using System.Runtime.CompilerServices;
using EzAudit.Records;
using EzAudit.Storage.Platform;

namespace EzAudit.Storage.Appending;

/// <summary>
/// The lock of a log file, held by one caller at a time, the leader. The others wait until the lock is free or the leader has
/// written their record. Thread-safe.
/// </summary>
/// <param name="path">The log file, for messages.</param>
/// <param name="lead">Takes the lock if it is free, and writes the pending records.</param>
internal sealed class CombiningLock(string path, Action lead)
{
    private const int SpinsBeforeParking = 40;
    // The clock behind TickCount64 has steps of a few milliseconds.
    private const long LongestStepMs = 4;
    private const int ManyInStep = 8;

    private readonly WaitQueue _parking = CurrentPlatform.NewWaitQueue();
    private volatile int _taken;
    private int _parked;
    private long _takenAt; // 0 while the lock is free
    // Kept here because this cache line moves between processors with the lock anyway; elsewhere, each record would move another line.
    private long _turn;
    private int _inStep;
    private bool _isBusy;
    private bool _hasWritten;

    /// <summary>How long the lock has been held; zero when it is free.</summary>
    public TimeSpan Age => Volatile.Read(ref _takenAt) is var taken and not 0 ? TimeSpan.FromMilliseconds(Environment.TickCount64 - taken) : TimeSpan.Zero;

    /// <summary>When the lock was taken, as <see cref="Environment.TickCount64"/>; for its holder, who need not read the clock again.</summary>
    public long TakenAt => _takenAt;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Each record takes and releases it.
    public bool TryTake()
    {
        if (_taken != 0 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0) return false;
        Volatile.Write(ref _takenAt, Environment.TickCount64);
        return true;
    }

    /// <summary>Takes the lock, waiting until it is free.</summary>
    /// <exception cref="StorageException">The lock was not free in time.</exception>
    public void Take(TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!TryTake())
        {
            if (Stopwatch.GetElapsedTime(start) > timeout) throw new StorageException(
                AuditWriteStage.Write, path, 0, "", $"{path}: it was busy for {timeout.TotalSeconds:0.###} s: the disk is slow or hangs.") { IsLate = true };
            spin.SpinOnce();
        }
    }

    /// <summary>Counts a write of the holder.</summary>
    /// <param name="now">The current time, as <see cref="Environment.TickCount64"/>; also the result.</param>
    public long CountWrite(long now)
    {
        _hasWritten = true;
        bool isSameStep = now == _turn;
        // Two records in succession are not enough: a caller that writes every few milliseconds would block other processes permanently.
        _isBusy = isSameStep || (_inStep >= ManyInStep && now - _turn <= LongestStepMs);
        _inStep = isSameStep ? _inStep + 1 : 1;
        return _turn = now;
    }

    /// <summary>
    /// Ends the holder's turn. Returns true if it wrote and should now give up the lease: it keeps it only while records arrive in quick succession,
    /// that is, two within one step of the system's cheap clock (a few milliseconds), or one right after a step with many.
    /// </summary>
    public bool EndTurn()
    {
        bool isLast = _hasWritten && !_isBusy;
        _hasWritten = false;
        return isLast;
    }

    /// <summary>Releases the lock. Whatever other threads wrote before they found it taken is visible to the caller afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release()
    {
        Volatile.Write(ref _takenAt, 0);
        Interlocked.Exchange(ref _taken, 0);
    }

    /// <summary>Returns when the record was written, by this caller or another.</summary>
    /// <exception cref="StorageException">That took longer than the timeout; the record may still be written.</exception>
    public void WaitFor(Ticket ticket, TimeSpan timeout)
    {
        // Spins first: a write to the operating system's cache takes less time than waking a thread.
        var spin = new SpinWait();
        for (int i = 0; i < SpinsBeforeParking; i++)
        {
            if (ticket.IsDone) return;
            if (_taken == 0) lead();
            else spin.SpinOnce(sleep1Threshold: -1);
        }
        long start = Stopwatch.GetTimestamp();
        while (!ticket.IsDone)
        {
            if (_taken == 0) lead();
            else if (!Park(ticket, timeout - Stopwatch.GetElapsedTime(start)) && !ticket.IsDone) throw new StorageException(
                AuditWriteStage.Write, path, 0, "", $"{path}: the record was not written within {timeout.TotalSeconds:0.###} s: the disk is slow or hangs.", mayBeStored: true) { IsLate = true };
        }
    }

    /// <summary>Wakes the waiting callers, because their records are written or the lock is free.</summary>
    public void WakeWaiting()
    {
        // Pairs with the barrier in Park: either the parking thread sees the change, or this thread sees it parked.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _parked) == 0) return;
        _parking.Announce();
        _parking.ReleaseAll();
    }

    private bool Park(Ticket ticket, TimeSpan timeout)
    {
        // Interlocked also acts as a barrier: the checks below read fresh values.
        Interlocked.Increment(ref _parked);
        try
        {
            int number = _parking.Number;
            return ticket.IsDone || _taken == 0 || _parking.Wait(number, timeout);
        }
        finally
        {
            Interlocked.Decrement(ref _parked);
        }
    }
}
