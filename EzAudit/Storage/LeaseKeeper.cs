namespace EzAudit.Storage;

/// <summary>Gives leases back when their writers have gone quiet, on a thread of its own.</summary>
internal sealed class LeaseKeeper : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<LogFile> _holders = [];
    private readonly AutoResetEvent _wake = new(false);
    private Thread? _thread;
    private volatile bool _stopped;

    /// <summary>A file has taken its lease and wants it watched.</summary>
    public void Watch(LogFile holder)
    {
        lock (_gate)
        {
            if (_stopped || !_holders.Add(holder)) return;
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "EzAudit leases" };
                _thread.Start();
            }
        }
        _wake.Set();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped) return;
            _stopped = true;
        }
        _wake.Set();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_stopped)
        {
            LogFile[] holders;
            lock (_gate) holders = [.. _holders];
            if (holders.Length == 0)
            {
                _wake.WaitOne();
                continue;
            }
            _wake.WaitOne(Period);
            foreach (LogFile holder in holders)
            {
                // Out first, in again if need be: a writer that takes the lease anew in between puts itself in again.
                lock (_gate) _holders.Remove(holder);
                if (holder.TryReleaseLease()) continue;
                lock (_gate) _holders.Add(holder);
            }
        }
    }
}
