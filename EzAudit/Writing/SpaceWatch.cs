using System.Collections.Concurrent;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Platform;
using EzAudit.Writing.Background;

namespace EzAudit.Writing;

/// <summary>Reports when a disk with log files runs low, while records can still be stored.</summary>
internal sealed class SpaceWatch : IDisposable
{
    private static readonly TimeSpan ClosingTimeout = TimeSpan.FromSeconds(1);

    // The highest rate of records. The nearer the reserve, the sooner the next check, so that a flood of records cannot use up the reserve in between.
    private const double MaxBytesPerSecond = 256 << 20;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private readonly Func<IEnumerable<string>> _directories;
    private readonly Diagnostics _diagnostics;
    private readonly ConcurrentDictionary<string, long> _reported = new(StringComparer.Ordinal);
    private readonly Errand _check;
    private long _nearest = long.MaxValue;

    /// <param name="directories">Returns the current directories of the log files.</param>
    /// <param name="diagnostics">Receives the report, once until the space recovers or falls further.</param>
    public SpaceWatch(Func<IEnumerable<string>> directories, Diagnostics diagnostics)
    {
        _directories = directories;
        _diagnostics = diagnostics;
        _check = new Errand("EzAudit disk space", Check);
    }

    /// <summary>Returns the free space of a directory.</summary>
    public Func<string, long?> FreeAt { get; init; } = DirectoryState.FreeBytesOf;

    /// <summary>Returns the required free space according to the current settings.</summary>
    public Func<DiskSettings> Settings { get; init; } = static () => new DiskSettings();

    /// <summary>Called at every check with the directory and the reason why its space is reserved, or <see langword="null"/> if it is not.</summary>
    public Action<string, string?> OnShortage { get; init; } = static (_, _) => { };

    /// <summary>The longest time between two checks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Starts checking every few seconds, as an errand, because a remote file system may hang.</summary>
    public void StartOn(MaintenanceThread maintenance)
    {
        // Skips what was already reported at startup.
        DiskSettings settings = Settings();
        foreach (string directory in _directories())
        {
            long? free = FreeAt(directory);
            _reported[directory] = LevelOf(free, settings with { Reserve = 0 });
            UpdateShortage(directory, free, settings);
        }
        maintenance.Add(StartCheck, TimeSpan.Zero);
    }

    /// <summary>Checks once.</summary>
    public void Check()
    {
        DiskSettings settings = Settings();
        long nearest = long.MaxValue;
        foreach (string directory in _directories())
        {
            long? free = FreeAt(directory);
            long level = LevelOf(free, settings);
            if (level < _reported.GetValueOrDefault(directory, long.MaxValue)) Report(directory, free!.Value, level, settings);
            _reported[directory] = level;
            UpdateShortage(directory, free, settings);
            if (settings.Reserve > 0 && free is { } room) nearest = Math.Min(nearest, Math.Max(room - settings.Reserve, 0));
        }
        Volatile.Write(ref _nearest, nearest);
    }

    /// <summary>Waits for a running check, but not for long, because it may hang.</summary>
    public void Dispose() => _check.Wait(ClosingTimeout);

    private void Report(string directory, long free, long level, DiskSettings settings)
    {
        long least = Math.Max(Math.Max(settings.LowSpace, settings.CriticalSpace), level);
        _diagnostics.Report($"{directory}: less than {level}", IsShort(free, settings)
            ? Shortage(directory, free, settings)
            : $"{directory}: found {free >> 20} MiB of free space, expected at least {least >> 20} MiB: records cannot be stored on a full disk.");
    }

    private void UpdateShortage(string directory, long? free, DiskSettings settings) =>
        OnShortage(directory, free is { } room && IsShort(room, settings) ? Shortage(directory, room, settings) : null);

    private static bool IsShort(long free, DiskSettings settings) => free < settings.Reserve;

    private static string Shortage(string directory, long free, DiskSettings settings) =>
        $"{directory}: found {free >> 10} KiB of free space, expected more than the reserve of {settings.Reserve >> 10} KiB: functions with OnFailure=continue are not written until there is more.";

    // The lowest threshold that the free space is below.
    private static long LevelOf(long? free, DiskSettings settings) =>
        new[] { settings.LowSpace, settings.CriticalSpace, settings.Reserve }.Where(bound => free < bound).DefaultIfEmpty(long.MaxValue).Min();

    private TimeSpan StartCheck()
    {
        // If no thread can be started, this check is skipped: that is harmless, and nothing may hang here.
        _check.TryStart();
        double seconds = Math.Min(Volatile.Read(ref _nearest) / MaxBytesPerSecond, Interval.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(seconds, Math.Min(Shortest.TotalSeconds, Interval.TotalSeconds)));
    }
}
