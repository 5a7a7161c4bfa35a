using System.Collections.Concurrent;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Writing.Background;

namespace EzAudit.Writing;

/// <summary>Tells when the disk under log files runs low, while records can still be stored.</summary>
internal sealed class SpaceWatch : IDisposable
{
    private static readonly TimeSpan LeavingTimeout = TimeSpan.FromSeconds(1);

    // As fast as records could come. The nearer the reserve, the sooner the next look: whoever floods the disk must not get through it in between.
    private const double MaxBytesPerSecond = 256 << 20;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private readonly Func<IEnumerable<string>> _directories;
    private readonly Diagnostics _diagnostics;
    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly Errand _looking;
    private long _nearest = long.MaxValue;

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

    /// <summary>How much there should be, as the settings have it now.</summary>
    public Func<DiskSettings> Wanted { get; init; } = static () => new DiskSettings();

    /// <summary>Hears at every look why a directory's room is kept back; <see langword="null"/> where it is not.</summary>
    public Action<string, string?> Found { get; init; } = static (_, _) => { };

    /// <summary>The longest time between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Begins to look every few seconds; by an errand, as the file system of another machine may hang in the question.</summary>
    public void StartOn(MaintenanceThread maintenance)
    {
        // What the start itself has told is not told again.
        DiskSettings wanted = Wanted();
        foreach (string directory in _directories())
        {
            long? free = FreeAt(directory);
            _told[directory] = LevelOf(free, wanted with { Reserve = 0 });
            KeepBack(directory, free, wanted);
        }
        maintenance.Add(SetOut, TimeSpan.Zero);
    }

    /// <summary>Looks now.</summary>
    public void Look()
    {
        DiskSettings wanted = Wanted();
        long nearest = long.MaxValue;
        foreach (string directory in _directories())
        {
            long? free = FreeAt(directory);
            long level = LevelOf(free, wanted);
            if (level < _told.GetValueOrDefault(directory, long.MaxValue)) Tell(directory, free!.Value, level, wanted);
            _told[directory] = level;
            KeepBack(directory, free, wanted);
            if (wanted.Reserve > 0 && free is { } room) nearest = Math.Min(nearest, Math.Max(room - wanted.Reserve, 0));
        }
        Volatile.Write(ref _nearest, nearest);
    }

    /// <summary>Waits for the look that is under way, but not for long: it may hang.</summary>
    public void Dispose() => _looking.Wait(LeavingTimeout);

    private void Tell(string directory, long free, long level, DiskSettings wanted)
    {
        long least = Math.Max(Math.Max(wanted.LowSpace, wanted.CriticalSpace), level);
        _diagnostics.Report($"{directory}: less than {level}", IsShort(free, wanted)
            ? Shortage(directory, free, wanted)
            : $"{directory}: found {free >> 20} MiB of free space, expected at least {least >> 20} MiB: records cannot be stored on a full disk.");
    }

    private void KeepBack(string directory, long? free, DiskSettings wanted) =>
        Found(directory, free is { } room && IsShort(room, wanted) ? Shortage(directory, room, wanted) : null);

    private static bool IsShort(long free, DiskSettings wanted) => free < wanted.Reserve;

    private static string Shortage(string directory, long free, DiskSettings wanted) =>
        $"{directory}: found {free >> 10} KiB of free space, expected more than the reserve of {wanted.Reserve >> 10} KiB: functions with OnFailure=continue are not written until there is more.";

    // The lowest bound that is not reached.
    private static long LevelOf(long? free, DiskSettings wanted) =>
        new[] { wanted.LowSpace, wanted.CriticalSpace, wanted.Reserve }.Where(bound => free < bound).DefaultIfEmpty(long.MaxValue).Min();

    private TimeSpan SetOut()
    {
        // Without a thread to be had the look is left out this time: nothing is lost by it, and nothing may hang here.
        _looking.TryStart();
        double seconds = Math.Min(Volatile.Read(ref _nearest) / MaxBytesPerSecond, Interval.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(seconds, Math.Min(Shortest.TotalSeconds, Interval.TotalSeconds)));
    }
}
