using System.Collections.Concurrent;

namespace EzAudit.Storage.Appending;

/// <summary>Looks after log files when their callers have gone quiet, in rounds on the writer's maintenance thread.</summary>
/// <remarks>
/// A busy file costs it one look in each round, and its callers one reading of a flag: whoever writes asks for a round only where the next one
/// would come too late. Waking a thread for each record took a third of a core from the callers.
/// </remarks>
internal sealed class Housekeeper
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly HashSet<LogFile> _watched = [];
    private readonly ConcurrentDictionary<string, DiskPace> _paces = new(StringComparer.Ordinal);
    private readonly List<LogFile> _round = [];
    private MaintenanceDue _sleepsUntil = MaintenanceDue.Soon;

    /// <summary>Asks for a round at once; set by whoever has the rounds done.</summary>
    public Action Wake { get; set; } = static () => { };

    /// <summary>How the disk under a directory does: one for all files there, also behind a reload of the settings.</summary>
    public DiskPace PaceOf(string directory) => _paces.GetOrAdd(directory, _ => new DiskPace(() => Environment.TickCount64));

    /// <summary>A file was written to and wants to be looked after. Cheap when it already is.</summary>
    public void Watch(LogFile file, MaintenanceDue need)
    {
        if (file.Watched >= need) return;
        lock (_gate)
        {
            file.Watched = need;
            _watched.Add(file);
            if (_sleepsUntil >= need) return;
            _sleepsUntil = MaintenanceDue.Soon;
        }
        Wake();
    }

    /// <summary>Looks after every file that wants it.</summary>
    /// <returns>When to do so again; infinite where nothing is to be done until <see cref="Wake"/> is called.</returns>
    public TimeSpan Round()
    {
        _round.Clear();
        lock (_gate)
        {
            _sleepsUntil = MaintenanceDue.Soon;
            _round.AddRange(_watched);
        }
        foreach (LogFile file in _round) Tend(file);
        return Rest();
    }

    private void Tend(LogFile file)
    {
        MaintenanceDue need = file.Tend();
        while (need < file.Watched)
        {
            lock (_gate)
            {
                file.Watched = need;
                if (need == MaintenanceDue.Done) _watched.Remove(file);
            }
            // Looked at once more: what was written in between took the file for watched.
            need = file.Tend();
        }
        Watch(file, need);
    }

    private TimeSpan Rest()
    {
        MaintenanceDue next = MaintenanceDue.Done;
        lock (_gate)
        {
            foreach (LogFile file in _watched) next = file.Watched > next ? file.Watched : next;
            _sleepsUntil = next;
        }
        return next switch
        {
            MaintenanceDue.Soon => Short,
            MaintenanceDue.Later => Long,
            _ => Timeout.InfiniteTimeSpan,
        };
    }
}

/// <summary>When a log file wants to be looked after again; the more urgent, the greater.</summary>
internal enum MaintenanceDue
{
    /// <summary>Not before it is written to.</summary>
    Done,

    /// <summary>Within a second: some of it is not on disk.</summary>
    Later,

    /// <summary>Within milliseconds: others may wait for its lease.</summary>
    Soon,
}
