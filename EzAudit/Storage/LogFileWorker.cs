namespace EzAudit.Storage;

/// <summary>The thread of a log file that serves those who have none: queued records, asynchronous callers, slow disks. Made when first needed.</summary>
internal sealed class LogFileWorker(string name, Action drain) : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<SyncedFile> _toSync = new();
    private Thread? _thread;
    private bool _isDrainDue;
    private bool _isStopped;

    public void AskForDrain()
    {
        lock (_gate)
        {
            if (_isDrainDue) return;
            _isDrainDue = true;
            Wake();
        }
    }

    public void AskForSync(SyncedFile file)
    {
        lock (_gate)
        {
            if (_toSync.Contains(file)) return;
            _toSync.Enqueue(file);
            Wake();
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

    private void Wake()
    {
        if (_isStopped) return;
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = $"EzAudit {name}" };
            _thread.Start();
        }
        Monitor.Pulse(_gate);
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
                drains = _isDrainDue;
                _isDrainDue = false;
                _toSync.TryDequeue(out file);
            }
            if (drains) drain();
            file?.SyncPending();
        }
    }
}
