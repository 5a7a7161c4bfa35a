namespace EzAudit.Writing.Background;

/// <summary>Runs work that may hang on a thread that lives only as long as the work; never runs it twice at the same time.</summary>
/// <remarks>Work that never returns, such as a call to a dead network mount, costs one thread and blocks nothing else.</remarks>
internal sealed class Errand(string name, Action work)
{
    private readonly Lock _gate = new();
    private Thread? _thread;

    /// <summary>Whether the work is still running.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate) return _thread is { IsAlive: true };
        }
    }

    /// <summary>Starts the work, unless it is already running. Returns false if no thread can be started.</summary>
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
            // The work will be requested again. An unhandled exception would end the process.
        }
    }

    /// <summary>Waits until the work is done, for at most <paramref name="patience"/>; returns at once on the work's own thread.</summary>
    public void Wait(TimeSpan patience)
    {
        Thread? thread;
        lock (_gate) thread = _thread;
        if (thread is not null && thread != Thread.CurrentThread) thread.Join(patience);
    }
}
