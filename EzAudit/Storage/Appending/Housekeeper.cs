using System.Collections.Concurrent;

namespace EzAudit.Storage.Appending;

/// <summary>Maintains log files while no caller uses them, in rounds on the writer's maintenance thread.</summary>
/// <remarks>
/// A busy file costs one check in each round, and each of its callers one read of a flag: a caller requests a round only if the next one
/// would come too late. Waking a thread for each record cost the callers a third of a core.
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

    /// <summary>Requests a round at once; set by the owner of the maintenance thread.</summary>
    public Action Wake { get; set; } = static () => { };

    /// <summary>The pace of the disk of a directory, shared by all files there; it survives a reload of the settings.</summary>
    public DiskPace PaceOf(string directory) => _paces.GetOrAdd(directory, _ => new DiskPace(() => Environment.TickCount64));

    /// <summary>Schedules maintenance for a file that was written to. Cheap when the file is already scheduled.</summary>
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

    /// <summary>Maintains every file that is due.</summary>
    /// <returns>The time until the next round; infinite if nothing is due until <see cref="Wake"/> is called.</returns>
    public TimeSpan Round()
    {
        _round.Clear();
        lock (_gate)
        {
            _sleepsUntil = MaintenanceDue.Soon;
            _round.AddRange(_watched);
        }
        foreach (LogFile file in _round) Maintain(file);
        return Rest();
    }

    private void Maintain(LogFile file)
    {
        MaintenanceDue need = file.Maintain();
        while (need < file.Watched)
        {
            lock (_gate)
            {
                file.Watched = need;
                if (need == MaintenanceDue.Done) _watched.Remove(file);
            }
            // Checks once more: callers that wrote in the meantime assumed that the file was still scheduled.
            need = file.Maintain();
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

/// <summary>How soon a log file needs maintenance again; greater values are more urgent.</summary>
internal enum MaintenanceDue
{
    /// <summary>Nothing to do until the next write.</summary>
    Done,

    /// <summary>Within a second: some records are not on disk.</summary>
    Later,

    /// <summary>Within milliseconds: other processes may be waiting for the lease.</summary>
    Soon,
}
