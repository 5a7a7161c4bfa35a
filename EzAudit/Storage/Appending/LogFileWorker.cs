namespace EzAudit.Storage.Appending;

/// <summary>The thread of a log file that serves those who have none: queued records, asynchronous callers, slow disks. Made when first needed.</summary>
internal sealed class LogFileWorker(string name, DiskPace pace, Action drain, ILogFileObserver observer) : IDisposable
{
    // Queued records gather this long: to wake the thread for each one costs the callers more than to write it.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly object _gate = new();
    private readonly Queue<SyncedFile> _toSync = new();
    private Thread? _thread;
    private volatile bool _isDrainDue;
    private bool _isStopped;

    /// <summary>How the disk does; says whether callers lead their own syncs.</summary>
    public DiskPace Pace => pace;

    /// <summary>False: there is no thread to be had; the caller has to do it.</summary>
    public bool AskForDrain()
    {
        if (_isDrainDue) return true;
        lock (_gate)
        {
            if (!HasThread()) return false;
            if (_isDrainDue) return true;
            _isDrainDue = true;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>False: there is no thread to be had; the caller has to do it.</summary>
    public bool AskForSync(SyncedFile file)
    {
        lock (_gate)
        {
            if (!HasThread()) return false;
            if (_toSync.Contains(file)) return true;
            _toSync.Enqueue(file);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private bool HasThread()
    {
        if (_isStopped || _thread is not null) return !_isStopped;
        var thread = new Thread(Run) { IsBackground = true, Name = $"EzAudit {name}" };
        try
        {
            thread.Start();
        }
        catch (Exception failure)
        {
            // .NET says OutOfMemoryException when the process has no descriptor or no thread left. Tried anew with the next record.
            observer.Report($"{name}: found no thread for what it has queued or not synced, expected one: {failure.Message}");
            return false;
        }
        _thread = thread;
        return true;
    }

    private void Run()
    {
        while (true)
        {
            bool drains;
            SyncedFile? file;
            lock (_gate)
            {
                while (!_isDrainDue && _toSync.Count == 0)
                {
                    if (_isStopped) return;
                    Monitor.Wait(_gate);
                }
                if (_isDrainDue && _toSync.Count == 0 && !_isStopped) Monitor.Wait(_gate, Gathering);
                drains = _isDrainDue;
                _isDrainDue = false;
                _toSync.TryDequeue(out file);
            }
            try
            {
                if (drains) drain();
                file?.SyncPending();
            }
            catch (OutOfMemoryException)
            {
                // What is left waits for the next request. An exception let out here would end the process.
            }
        }
    }
}
