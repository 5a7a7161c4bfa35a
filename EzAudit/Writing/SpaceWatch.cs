using System.Collections.Concurrent;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Writing.Background;

namespace EzAudit.Writing;

/// <summary>Reports when a disk with log files runs low, while records can still be stored.</summary>
internal sealed class SpaceWatch : IDisposable
{
    private static readonly TimeSpan LeavingTimeout = TimeSpan.FromSeconds(1);

    // The highest rate of records. The nearer the reserve, the sooner the next check, so that a flood of records cannot use up the reserve in between.
    private const double MaxBytesPerSecond = 256 << 20;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private readonly Func<IEnumerable<string>> _directories;
    private readonly Diagnostics _diagnostics;
    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly Errand _looking;
    private long _nearest = long.MaxValue;

    /// <param name="directories">Returns the current directories of the log files.</param>
    /// <param name="diagnostics">Receives the report, once until the space recovers or falls further.</param>
    public SpaceWatch(Func<IEnumerable<string>> directories, Diagnostics diagnostics)
    {
        _directories = directories;
        _diagnostics = diagnostics;
        _looking = new Errand("EzAudit disk space", Look);
    }

    /// <summary>Returns the free space of a directory.</summary>
    public Func<string, long?> FreeAt { get; init; } = FreeSpace.At;

    /// <summary>Returns the required free space according to the current settings.</summary>
    public Func<DiskSettings> Wanted { get; init; } = static () => new DiskSettings();

    /// <summary>Called at every check with the directory and the reason why its space is reserved, or <see langword="null"/> if it is not.</summary>
    public Action<string, string?> Found { get; init; } = static (_, _) => { };

    /// <summary>The longest time between two checks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Starts checking every few seconds, as an errand, because a remote file system may hang.</summary>
    public void StartOn(MaintenanceThread maintenance)
    {
        // Skips what was already reported at startup.
        DiskSettings wanted = Wanted();
        foreach (string directory in _directories())
        {
            long? free = FreeAt(directory);
            _told[directory] = LevelOf(free, wanted with { Reserve = 0 });
            KeepBack(directory, free, wanted);
        }
        maintenance.Add(SetOut, TimeSpan.Zero);
    }

    /// <summary>Checks once.</summary>
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

    /// <summary>Waits for a running check, but not for long, because it may hang.</summary>
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

    // The lowest threshold that the free space is below.
    private static long LevelOf(long? free, DiskSettings wanted) =>
        new[] { wanted.LowSpace, wanted.CriticalSpace, wanted.Reserve }.Where(bound => free < bound).DefaultIfEmpty(long.MaxValue).Min();

    private TimeSpan SetOut()
    {
        // If no thread can be started, this check is skipped: that is harmless, and nothing may hang here.
        _looking.TryStart();
        double seconds = Math.Min(Volatile.Read(ref _nearest) / MaxBytesPerSecond, Interval.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(seconds, Math.Min(Shortest.TotalSeconds, Interval.TotalSeconds)));
    }
}
