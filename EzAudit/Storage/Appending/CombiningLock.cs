using System.Diagnostics;
using EzAudit.Records;
using EzAudit.Storage.Platform;

namespace EzAudit.Storage.Appending;

/// <summary>
/// From here a log file is written, by one caller at a time. The others wait until the seat is free, or until their record was
/// written for them. For many threads at once.
/// </summary>
/// <param name="path">The log file, for messages.</param>
/// <param name="lead">Takes the seat if it is free, and writes what waits.</param>
internal sealed class CombiningLock(string path, Action lead)
{
    private const int SpinsBeforeParking = 40;

    private readonly WaitQueue _parking = PlatformWaitQueue.Create();
    private volatile int _taken;
    private int _parked;
    private long _takenAt; // 0: free

    /// <summary>For how long its holder has had it; zero when it is free.</summary>
    public TimeSpan Age => Volatile.Read(ref _takenAt) is var taken and not 0 ? TimeSpan.FromMilliseconds(Environment.TickCount64 - taken) : TimeSpan.Zero;

    public bool TryTake()
    {
        if (_taken != 0 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0) return false;
        Volatile.Write(ref _takenAt, Environment.TickCount64);
        return true;
    }

    /// <summary>Takes the seat when it is free.</summary>
    /// <exception cref="StorageException">It was not in time.</exception>
    public void Take(TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!TryTake())
        {
            if (Stopwatch.GetElapsedTime(start) > timeout) throw new StorageException(
                AuditWriteStage.Write, path, 0, "", $"{path}: found it busy for {timeout.TotalSeconds:0.###} s, expected it free: the disk is slow or hangs.") { IsLate = true };
            spin.SpinOnce();
        }
    }

    /// <summary>Leaves it; what others did before they found it taken is seen afterwards.</summary>
    public void Leave()
    {
        Volatile.Write(ref _takenAt, 0);
        Interlocked.Exchange(ref _taken, 0);
    }

    /// <summary>Returns when a record was written, by this caller if nobody else does. False: it was not in time.</summary>
    public bool WaitFor(Ticket ticket, TimeSpan timeout)
    {
        // Spinning first: with the operating system's cache behind it, a write is over sooner than a thread is woken.
        var spin = new SpinWait();
        for (int i = 0; i < SpinsBeforeParking; i++)
        {
            if (ticket.IsDone) return true;
            if (_taken == 0) lead();
            else spin.SpinOnce(sleep1Threshold: -1);
        }
        long start = Stopwatch.GetTimestamp();
        while (!ticket.IsDone)
        {
            if (_taken == 0) lead();
            else if (!Park(ticket, timeout - Stopwatch.GetElapsedTime(start))) return ticket.IsDone;
        }
        return true;
    }

    /// <summary>Lets those who wait look again: their records are written, or the seat is free.</summary>
    public void WakeWaiting()
    {
        // Against the barrier in Park: either the one who parks sees what was done, or it is seen parked here.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _parked) == 0) return;
        _parking.Announce();
        _parking.ReleaseAll();
    }

    private bool Park(Ticket ticket, TimeSpan timeout)
    {
        // Counts with a barrier: what is looked at below is looked at afterwards.
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
