namespace EzAudit.Writing.Background;

/// <summary>Work that may hang, on a thread that lives no longer than the work; never twice at a time.</summary>
/// <remarks>What never returns, as a question to a network mount that is gone, costs one thread and holds up nothing but itself.</remarks>
internal sealed class Errand(string name, Action work)
{
    private readonly Lock _gate = new();
    private Thread? _thread;

    /// <summary>Whether it has not come back yet.</summary>
    public bool IsOut
    {
        get
        {
            lock (_gate) return _thread is { IsAlive: true };
        }
    }

    /// <summary>Sets out, unless it is out already. False: there is no thread to be had.</summary>
    public bool TryStart()
    {
        lock (_gate)
        {
            if (_thread is { IsAlive: true }) return true;
            var thread = new Thread(Run) { IsBackground = true, Name = name };
            try
            {
                thread.Start();
            }
            catch (Exception failure) when (failure is OutOfMemoryException or ThreadStartException)
            {
                return false;
            }
            _thread = thread;
            return true;
        }
    }

    private void Run()
    {
        try
        {
            work();
        }
        catch (OutOfMemoryException)
        {
            // The work is asked for again. An exception let out here would end the process.
        }
    }

    /// <summary>Waits until it is back, but no longer than <paramref name="patience"/>; not at all on its own thread.</summary>
    public void Wait(TimeSpan patience)
    {
        Thread? thread;
        lock (_gate) thread = _thread;
        if (thread is not null && thread != Thread.CurrentThread) thread.Join(patience);
    }
}
