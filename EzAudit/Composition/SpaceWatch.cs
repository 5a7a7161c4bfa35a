using EzAudit.Storage;

namespace EzAudit.Composition;

/// <summary>Tells when the disk under log files runs low, while records can still be stored.</summary>
internal sealed class SpaceWatch : IDisposable
{
    private static readonly TimeSpan LeavingTimeout = TimeSpan.FromSeconds(1);

    private readonly Func<IEnumerable<string>> _directories;
    private readonly Diagnostics _diagnostics;
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly Errand _looking;

    /// <param name="directories">The directories of the log files, as they are now.</param>
    /// <param name="diagnostics">Hears of it, once until there is room again or still less.</param>
    public SpaceWatch(Func<IEnumerable<string>> directories, Diagnostics diagnostics)
    {
        _directories = directories;
        _diagnostics = diagnostics;
        _looking = new Errand("EzAudit disk space", Look);
    }

    /// <summary>How much room there is under a directory.</summary>
    public Func<string, long?> FreeAt { get; init; } = FreeSpace.At;

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Begins to look every few seconds; by an errand, as the file system of another machine may hang in the question.</summary>
    public void StartOn(Maintenance maintenance)
    {
        // What the start itself has told is not told again.
        foreach (string directory in _directories()) _told[directory] = LevelOf(FreeAt(directory));
        maintenance.Add(SetOut, Interval);
    }

    /// <summary>Looks now.</summary>
    public void Look()
    {
        foreach (string directory in _directories())
        {
            long? free = FreeAt(directory);
            long level = LevelOf(free);
            if (level < _told.GetValueOrDefault(directory, long.MaxValue))
                _diagnostics.Report($"{directory}: less than {level}", $"{directory}: found {free >> 20} MiB of free space, wanted at least {FreeSpace.LowBytes >> 20} MiB: records cannot be stored on a full disk.");
            _told[directory] = level;
        }
    }

    /// <summary>Waits for the look that is under way, but not for long: it may hang.</summary>
    public void Dispose() => _looking.Wait(LeavingTimeout);

    private static long LevelOf(long? free) => free switch
    {
        < FreeSpace.CriticalBytes => FreeSpace.CriticalBytes,
        < FreeSpace.LowBytes => FreeSpace.LowBytes,
        _ => long.MaxValue,
    };

    private TimeSpan SetOut()
    {
        // Without a thread to be had the look is left out this time: nothing is lost by it, and nothing may hang here.
        _looking.TryStart();
        return Interval;
    }
}
