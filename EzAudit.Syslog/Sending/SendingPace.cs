namespace EzAudit.Syslog.Sending;

/// <summary>Wakes the sending thread when there is something to send, and tells it when somebody waits for the end of it.</summary>
internal sealed class SendingPace : IDisposable
{
    // Long enough for messages to come together, so that a busy application wakes nobody for each of them; short beside what anyone waits
    // for a record at the server. Without it, syslog beside a file at Durability=disk took 18 % of the file's records; with it, see README.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly ManualResetEventSlim _hurry = new();
    private readonly SemaphoreSlim _more = new(0, 1);
    private readonly ManualResetEventSlim _stopped = new();
    private int _isWaiting;
    private volatile bool _isStopping;
    private int _hurried;

    public bool IsStopping => _isStopping;

    /// <summary>Whether somebody waits until everything is sent and confirmed.</summary>
    public bool IsHurried => _isStopping || Volatile.Read(ref _hurried) > 0;

    /// <summary>There is something to send. Costs next to nothing while the thread is at work.</summary>
    public void Wake()
    {
        // What was written before must be seen by whoever has not yet set the mark.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isWaiting) != 0 && Interlocked.Exchange(ref _isWaiting, 0) != 0) _more.Release();
    }

    public void Stop()
    {
        _isStopping = true;
        _stopped.Set();
        _hurry.Set();
        Wake();
    }

    /// <summary>Begins and, with -1, ends a hurry.</summary>
    public void Hurry(int change)
    {
        if (Interlocked.Add(ref _hurried, change) > 0) _hurry.Set();
        else _hurry.Reset();
        Wake();
    }

    /// <summary>Waits until there may be something to send, or the time is over, or somebody is in a hurry.</summary>
    /// <param name="hasMore">Asked once more when everyone who comes from then on will wake us.</param>
    /// <param name="patience">The time.</param>
    public void Wait(Func<bool> hasMore, TimeSpan patience)
    {
        if (!IsHurried) _hurry.Wait(Gathering);
        Interlocked.Exchange(ref _isWaiting, 1);
        bool isReleased = !hasMore() && !IsHurried && _more.Wait(patience);
        // Whoever took the mark has released, or is about to: that must not wake the next wait.
        if (Interlocked.Exchange(ref _isWaiting, 0) == 0 && !isReleased) _more.Wait();
    }

    /// <summary>Waits a time out, unless it is stopped.</summary>
    public void WaitOut(TimeSpan time) => _stopped.Wait(time);

    public void Dispose()
    {
        _hurry.Dispose();
        _more.Dispose();
        _stopped.Dispose();
    }
}
