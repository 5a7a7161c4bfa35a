namespace EzAudit.Storage;

/// <summary>Looks after log files when their callers have gone quiet, on a thread of its own.</summary>
internal sealed class Housekeeper : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly HashSet<LogFile> _watched = [];
    private readonly List<LogFile> _round = [];
    private readonly AutoResetEvent _wake = new(false);
    private Thread? _thread;
    private volatile bool _isStopped;

    /// <summary>A file was written to and wants to be looked after. Cheap when it already is.</summary>
    public void Watch(LogFile file)
    {
        if (file.IsWatched) return;
        lock (_gate)
        {
            if (_isStopped) return;
            file.IsWatched = true;
            _watched.Add(file);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "EzAudit housekeeping" };
                _thread.Start();
            }
        }
        _wake.Set();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopped) return;
            _isStopped = true;
        }
        _wake.Set();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_isStopped)
        {
            lock (_gate) _round.AddRange(_watched);
            Upkeep next = Upkeep.Done;
            foreach (LogFile file in _round) next = Sooner(next, Tend(file));
            _round.Clear();
            if (next == Upkeep.Done) _wake.WaitOne();
            else _wake.WaitOne(next == Upkeep.Soon ? Short : Long);
        }
    }

    private Upkeep Tend(LogFile file)
    {
        // Out first, in again if need be: a caller that writes in between puts the file in again.
        lock (_gate) _watched.Remove(file);
        file.IsWatched = false;
        Upkeep upkeep = file.Tend();
        if (upkeep == Upkeep.Done) return upkeep;
        file.IsWatched = true;
        lock (_gate) _watched.Add(file);
        return upkeep;
    }

    private static Upkeep Sooner(Upkeep one, Upkeep other) =>
        one == Upkeep.Soon || other == Upkeep.Soon ? Upkeep.Soon : one == Upkeep.Later || other == Upkeep.Later ? Upkeep.Later : Upkeep.Done;
}
