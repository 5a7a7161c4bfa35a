using EzAudit.Storage;

namespace EzAudit.Composition;

/// <summary>Tells when the disk under log files runs low, while records can still be stored.</summary>
internal sealed class SpaceWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LeavingTimeout = TimeSpan.FromSeconds(1);

    private readonly Func<IEnumerable<string>> _directories;
    private readonly Diagnostics _diagnostics;
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;

    /// <param name="directories">The directories of the log files, as they are now.</param>
    /// <param name="diagnostics">Hears of it, once until there is room again or still less.</param>
    public SpaceWatch(Func<IEnumerable<string>> directories, Diagnostics diagnostics)
    {
        _directories = directories;
        _diagnostics = diagnostics;
    }

    /// <summary>Begins to look, every few seconds, on a thread of its own.</summary>
    public void Start()
    {
        // What the start itself has told is not told again.
        foreach (string directory in _directories()) _told[directory] = LevelOf(FreeSpace.At(directory));
        _thread = new Thread(Watch) { IsBackground = true, Name = "EzAudit disk space" };
        _thread.Start();
    }

    /// <summary>Looks now.</summary>
    public void Look()
    {
        foreach (string directory in _directories())
        {
            long? free = FreeSpace.At(directory);
            long level = LevelOf(free);
            if (level < _told.GetValueOrDefault(directory, long.MaxValue))
                _diagnostics.Report($"{directory}: less than {level}", $"{directory}: found {free >> 20} MiB of free space, wanted at least {FreeSpace.LowBytes >> 20} MiB: records cannot be stored on a full disk.");
            _told[directory] = level;
        }
    }

    public void Dispose()
    {
        _stop.Set();
        // Not for ever, and the event is left to the garbage collector: a file system of another machine may hang in the question.
        _thread?.Join(LeavingTimeout);
    }

    private static long LevelOf(long? free) => free switch
    {
        < FreeSpace.CriticalBytes => FreeSpace.CriticalBytes,
        < FreeSpace.LowBytes => FreeSpace.LowBytes,
        _ => long.MaxValue,
    };

    private void Watch()
    {
        while (!_stop.Wait(Interval)) Look();
    }
}
