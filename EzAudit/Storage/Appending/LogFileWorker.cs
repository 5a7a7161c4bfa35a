namespace EzAudit.Storage.Appending;

/// <summary>The thread of a log file that serves queued records, asynchronous callers and slow disks. Created on first use.</summary>
internal sealed class LogFileWorker(string name, DiskPace pace, Action drain, ILogFileObserver observer) : IDisposable
{
    // Queued records are collected for this long: waking the thread for each one costs the callers more than writing it.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);
    private const long MaxUnsyncedMs = 1000;

    private readonly object _gate = new();
    private readonly Queue<SyncedFile> _toSync = new();
    private Thread? _thread;
    private volatile bool _isDrainDue;
    private bool _isStopped;
    private long _unsyncedSince; // 0 if unknown; used only by the housekeeper

    /// <summary>The pace of the disk; it decides whether callers lead their own syncs.</summary>
    public DiskPace Pace => pace;

    /// <summary>Requests a drain. Returns false if no thread can be started; the caller must drain instead.</summary>
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

    /// <summary>Requests a sync. Returns false if no thread can be started; the caller must sync instead.</summary>
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

    /// <summary>
    /// Whether everything in the file is on disk. Records that only the operating system has are synced within about a second, so that a power cut
    /// costs no more than that. For the housekeeper.
    /// </summary>
    public bool HasSynced(SyncedFile? file)
    {
        if (file is not { IsUnsynced: true })
        {
            _unsyncedSince = 0;
            return true;
        }
        long now = Environment.TickCount64;
        if (_unsyncedSince == 0)
        {
            _unsyncedSince = now;
        }
        else if (now - _unsyncedSince >= MaxUnsyncedMs)
        {
            _unsyncedSince = 0;
            AskForSync(file);
        }
        return false;
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
            // .NET throws OutOfMemoryException when the process has run out of descriptors or threads. The next record tries again.
            observer.Report($"{name}: could not start a thread for queued or unsynced records: {failure.Message}");
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
                // The rest waits for the next request. An unhandled exception would end the process.
            }
        }
    }
}
