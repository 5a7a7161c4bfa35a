namespace EzAudit.Storage;

/// <summary>
/// Lets threads wait until they are released. Releases are numbered, so that none is missed between checking the state and waiting:
/// read the number, check, then wait with the number. Thread-safe.
/// </summary>
internal abstract class WaitQueue
{
    /// <summary>The number of the last release.</summary>
    public abstract int Number { get; }

    /// <summary>Waits for a release after that number; returns false on timeout. It may return early: check again.</summary>
    public abstract bool Wait(int number, TimeSpan timeout);

    /// <summary>Counts a release. Waiting threads are released by the next call.</summary>
    public abstract void Announce();

    /// <summary>Releases all threads that waited before the last announcement.</summary>
    public abstract void ReleaseAll();

    /// <summary>Releases one thread. It must check the state and act, even if its timeout has expired, because the others rely on it.</summary>
    public abstract void ReleaseOne();
}

/// <summary>A wait queue for any operating system.</summary>
internal sealed class MonitorWaitQueue : WaitQueue
{
    // Monitor cannot wait longer than 24 days in one call.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private int _number;

    public override int Number => Volatile.Read(ref _number);

    public override bool Wait(int number, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_number != number) return true;
            if (timeout <= TimeSpan.Zero) return false;
            TimeSpan part = timeout < Longest ? timeout : Longest;
            return Monitor.Wait(_gate, part) || part < timeout;
        }
    }

    public override void Announce()
    {
        lock (_gate) _number++;
    }

    public override void ReleaseAll()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    public override void ReleaseOne()
    {
        lock (_gate) Monitor.Pulse(_gate);
    }
}
