using System.Globalization;
using EzAudit.Records;
using EzAudit.Settings.Model;
using NodaTime;
using NodaTime.TimeZones;

namespace EzAudit.Storage.Rotating;

/// <summary>Renames a log file that is full or whose period is over, which frees its name. Only the holder of the file's lease may call it.</summary>
/// <remarks>
/// If it is stopped after any step, it can run again: each step is one rename that overwrites nothing, and only <see cref="Retention"/>
/// deletes, after all of them.
/// </remarks>
internal sealed class Rotation(ILogDirectory directory, RotationSettings settings, IClock clock, DateTimeZone zone, Action<LogFileChange> notify)
{
    private readonly Retention _retention = new(directory, settings, clock, notify);
    private RotationPeriod _period = new(Instant.MaxValue, "");
    // Before this instant, the clock has gone back so far that the end of the period means nothing.
    private Instant _earliest = Instant.MinValue;

    /// <summary>Asked before a rotated file is deleted: whether it must stay all the same.</summary>
    public Func<RotatedName, bool> IsHeld
    {
        get => _retention.IsHeld;
        init => _retention.IsHeld = value;
    }

    /// <summary>Whether a rotated file may disappear: deleted for good, or replaced by a compressed copy.</summary>
    public bool RemovesFiles => settings.Compress || settings is not { KeepFiles: null, KeepDays: null };

    /// <summary>Must be called when the file is opened. Its content belongs to the period of its last write.</summary>
    public void Begin(FileIdentity identity)
    {
        if (settings.Interval == RotationInterval.None) return;
        Instant now = clock.GetCurrentInstant();
        // Otherwise a file from the future would not be rotated before that time.
        Enter(identity.Length == 0 ? now : Instant.Min(identity.Modified, now));
    }

    /// <summary>Whether a file of this length must be rotated before the next record. A record is never split.</summary>
    public bool IsDue(long length)
    {
        if (settings.MaxFileSize > 0 && length > settings.MaxFileSize) return true;
        if (settings.Interval == RotationInterval.None) return false;
        Instant now = clock.GetCurrentInstant();
        if (now < _earliest) Enter(now);
        if (now < _period.End) return false;
        if (length > 0) return true;
        // An empty file belongs to whichever period writes first.
        Enter(now);
        return false;
    }

    /// <summary>Renames the file, then deletes excess files.</summary>
    public void Rotate(string name)
    {
        RotatedName rotated = settings.Naming == RotationNaming.Numbered ? FreeNumbered(name) : FreeDated(name);
        directory.Rename(name, rotated.ToString());
        try
        {
            directory.Sync(name);
        }
        finally
        {
            notify(new LogFileChange(LogFileChangeKind.Rotated, name, rotated.ToString()));
        }
        _retention.Apply(name, rotated);
        if (directory.Identify(LockFiles.ShiftName(name)) is not null) directory.Delete(LockFiles.ShiftName(name));
    }

    /// <summary>Deletes excess files; called once, under the first lease, because the settings may have changed.</summary>
    public void ApplyRetention(string name) => _retention.Apply(name, newest: null);

    private void Enter(Instant instant)
    {
        _period = PeriodOf(instant);
        // Going back over the beginning of a period by less than one period is no reason to start another file.
        _earliest = instant - settings.Interval switch
        {
            RotationInterval.Hourly => Duration.FromHours(1),
            RotationInterval.Daily => Duration.FromDays(1),
            RotationInterval.Weekly => Duration.FromDays(7),
            _ => Duration.FromDays(31),
        };
    }

    private RotationPeriod PeriodOf(Instant instant) => RotationPeriod.Of(instant, settings.Interval, zone);

    private RotatedName FreeDated(string name)
    {
        string date = settings.Interval == RotationInterval.None ? PeriodOf(clock.GetCurrentInstant()).Date : _period.Date;
        int last = RotatedName.List(directory, name).Where(rotated => rotated.Date == date).Select(rotated => rotated.Number).DefaultIfEmpty(0).Max();
        return new RotatedName(name, date, last + 1);
    }

    // All numbers move up one by one, starting at the top, so that a crash in between overwrites nothing. If the number of files is limited, the last
    // one is deleted first, as in eZ Publish, and files beyond it are left alone: they are not part of this set.
    private RotatedName FreeNumbered(string name)
    {
        int last = settings.KeepFiles is { } keep ? FreeLast(name, keep) : FirstGap(name, int.MaxValue) - 1;
        for (int number = last; number >= 1; number--) ShiftUp(Generation(name, number));
        return new RotatedName(name, "", 1);
    }

    // Returns the highest number to move up. If this run is stopped, the mark tells the next one that it made the gap itself: then only files
    // below the gap move, and nothing else is deleted.
    private int FreeLast(string name, int keep)
    {
        int gap = FirstGap(name, keep);
        if (gap <= keep && directory.Identify(LockFiles.ShiftName(name)) is not null) return gap - 1;
        directory.OpenAppend(LockFiles.ShiftName(name)).Dispose();
        directory.Sync(LockFiles.ShiftName(name));
        // A file that is too young to be deleted, or held, moves beyond the set.
        if (Generation(name, keep).Count == 0 || _retention.TryDrop(new RotatedName(name, "", keep)))
            return RotatedName.List(directory, name).Where(file => file.IsNumbered && file.Number < keep).Select(file => file.Number).DefaultIfEmpty(0).Max();
        return FirstGap(name, int.MaxValue) - 1;
    }

    private int FirstGap(string name, int most)
    {
        int number = 1;
        while (number <= most && Generation(name, number).Count > 0) number++;
        return number;
    }

    private void ShiftUp(List<RotatedName> generation)
    {
        foreach (RotatedName file in generation) directory.Rename(file.ToString(), (file with { Number = file.Number + 1 }).ToString());
    }

    // Two files if a process was stopped between compressing and deleting.
    private List<RotatedName> Generation(string name, int number)
    {
        var files = new List<RotatedName>();
        foreach (bool isCompressed in (ReadOnlySpan<bool>)[true, false])
        {
            var file = new RotatedName(name, "", number, isCompressed);
            if (directory.Identify(file.ToString()) is not { } identity) continue;
            if (!identity.IsRegular) throw NotOurs(file.ToString());
            files.Add(file);
        }
        return files;
    }

    private StorageException NotOurs(string name) =>
        new(AuditWriteStage.Rotate, Path.Combine(directory.Path, name), "found a directory, expected a rotated file or nothing.");
}

/// <summary>A period of calendar time whose records share a file.</summary>
/// <param name="End">The first instant after the period.</param>
/// <param name="Date">The date in the names of rotated files: the first day, with the hour for hourly rotation.</param>
internal readonly record struct RotationPeriod(Instant End, string Date)
{
    // An hour that occurs twice when clocks change is one period; a skipped beginning becomes the first valid time after it.
    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    // A clock may be wrong by millennia; that must not fail.
    private static readonly Instant Earliest = Instant.FromUtc(1, 2, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9999, 11, 1, 0, 0);

    /// <summary>The period of an instant; endless if rotation by time is off.</summary>
    public static RotationPeriod Of(Instant instant, RotationInterval interval, DateTimeZone zone)
    {
        LocalDateTime local = Instant.Min(Instant.Max(instant, Earliest), Latest).InZone(zone).LocalDateTime;
        LocalDate day = local.Date;
        LocalDate monday = day.PlusDays(1).Previous(IsoDayOfWeek.Monday);
        LocalDate first = new(day.Year, day.Month, 1);
        return interval switch
        {
            RotationInterval.Hourly => new(Begin(day.At(new LocalTime(local.Hour, 0)).PlusHours(1), zone), Text(day) + local.Hour.ToString("-00", CultureInfo.InvariantCulture)),
            RotationInterval.Daily => new(Begin(day.PlusDays(1).AtMidnight(), zone), Text(day)),
            RotationInterval.Weekly => new(Begin(monday.PlusWeeks(1).AtMidnight(), zone), Text(monday)),
            RotationInterval.Monthly => new(Begin(first.PlusMonths(1).AtMidnight(), zone), Text(first)),
            _ => new(Instant.MaxValue, Text(day)),
        };
    }

    private static Instant Begin(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, Resolver).ToInstant();

    private static string Text(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
