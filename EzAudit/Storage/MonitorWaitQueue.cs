namespace EzAudit.Storage;

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
