using System.Collections.Concurrent;

namespace EzAudit.Storage;

/// <summary>Looks after log files when their callers have gone quiet, on a thread of its own.</summary>
/// <remarks>
/// A busy file costs it one look in each round, and its callers one reading of a flag: whoever writes wakes the thread only when it
/// sleeps without an end. Waking it for each record took a third of a core from the callers.
/// </remarks>
internal sealed class Housekeeper : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly HashSet<LogFile> _watched = [];
    private readonly ConcurrentDictionary<string, DiskPace> _paces = new(StringComparer.Ordinal);
    private readonly List<LogFile> _round = [];
    private readonly AutoResetEvent _wake = new(false);
    private Thread? _thread;
    private Upkeep _sleepsUntil = Upkeep.Soon;
    private volatile bool _isStopped;

    /// <summary>
    /// Begins, if it has not. At the start, not when it is first needed: a process that has run out of descriptors gets no thread,
    /// and its open files must still be written.
    /// </summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_isStopped || _thread is not null) return;
            _thread = new Thread(Run) { IsBackground = true, Name = "EzAudit housekeeping" };
            _thread.Start();
        }
    }

    /// <summary>How the disk under a directory does: one for all files there, also behind a reload of the settings.</summary>
    public DiskPace PaceOf(string directory) => _paces.GetOrAdd(directory, _ => new DiskPace(() => Environment.TickCount64));

    /// <summary>A file was written to and wants to be looked after. Cheap when it already is.</summary>
    public void Watch(LogFile file, Upkeep need)
    {
        if (file.Watched >= need) return;
        lock (_gate)
        {
            if (_isStopped) return;
            file.Watched = need;
            _watched.Add(file);
            if (_sleepsUntil >= need) return;
            _sleepsUntil = Upkeep.Soon;
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
        // A disk that hangs holds the thread: it is left behind then, and with it what it waits on.
        if (_thread?.Join(Patience) != false) _wake.Dispose();
    }

    private void Run()
    {
        while (!_isStopped)
        {
            lock (_gate) _round.AddRange(_watched);
            foreach (LogFile file in _round) Tend(file);
            _round.Clear();
            Sleep();
        }
    }

    private void Tend(LogFile file)
    {
        Upkeep need = file.Tend();
        while (need < file.Watched)
        {
            lock (_gate)
            {
                file.Watched = need;
                if (need == Upkeep.Done) _watched.Remove(file);
            }
            // Looked at once more: what was written in between took the file for watched.
            need = file.Tend();
        }
        Watch(file, need);
    }

    private void Sleep()
    {
        Upkeep next = Upkeep.Done;
        lock (_gate)
        {
            if (_isStopped) return;
            foreach (LogFile file in _watched) next = file.Watched > next ? file.Watched : next;
            _sleepsUntil = next;
        }
        if (next == Upkeep.Done) _wake.WaitOne();
        else _wake.WaitOne(next == Upkeep.Soon ? Short : Long);
        lock (_gate) _sleepsUntil = Upkeep.Soon;
    }
}
