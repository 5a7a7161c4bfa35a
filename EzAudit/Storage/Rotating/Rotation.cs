using EzAudit.Records;
using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Storage.Rotating;

/// <summary>Renames a log file that is full or whose period is over, so that its name becomes free. Called only by the holder of the file's lease.</summary>
/// <remarks>
/// Stopped after any step, it can be run again: each step is one rename that overwrites nothing, and only <see cref="Retention"/>
/// deletes, when all of them are done.
/// </remarks>
internal sealed class Rotation(ILogDirectory directory, RotationSettings settings, IClock clock, DateTimeZone zone, Action<LogFileChange> notify)
{
    private readonly Retention _retention = new(directory, settings, clock, notify);
    private RotationPeriod _period = new(Instant.MaxValue, "");
    // Before it the clock has gone back so far that the end of the period says nothing.
    private Instant _earliest = Instant.MinValue;

    /// <summary>Whether a rotated file may be deleted: for good, or because a compressed copy takes its place.</summary>
    public bool RemovesFiles => settings.Compress || settings is not { KeepFiles: null, KeepDays: null };

    /// <summary>The file was opened. What it holds belongs to the period in which it was last written to.</summary>
    public void Begin(FileIdentity identity)
    {
        if (settings.Interval == RotationInterval.None) return;
        Instant now = clock.GetCurrentInstant();
        // A file from the future would not be rotated before that.
        Enter(identity.Length == 0 ? now : Instant.Min(identity.Modified, now));
    }

    /// <summary>Whether a file of this length has to go before the next record. A record is never split.</summary>
    public bool IsDue(long length)
    {
        if (settings.MaxFileSize > 0 && length > settings.MaxFileSize) return true;
        if (settings.Interval == RotationInterval.None) return false;
        Instant now = clock.GetCurrentInstant();
        if (now < _earliest) Enter(now);
        if (now < _period.End) return false;
        if (length > 0) return true;
        // Nothing in it yet: it belongs to whichever period writes first.
        Enter(now);
        return false;
    }

    /// <summary>Moves the file out of the way, then deletes what the settings say is too much.</summary>
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

    /// <summary>Deletes what the settings say is too much; once, when the first lease is held, as the settings may have changed.</summary>
    public void Retain(string name) => _retention.Apply(name, newest: null);

    private void Enter(Instant instant)
    {
        _period = PeriodOf(instant);
        // A step back of less than a period, over its beginning, is no reason for another file.
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

    // All move up one by one from the top, so that a crash in between overwrites nothing. Where a number of files is kept, the last of them
    // goes first, as in eZ Publish, and what stands beyond is left alone: it is not of this set.
    private RotatedName FreeNumbered(string name)
    {
        int last = settings.KeepFiles is { } keep ? FreeLast(name, keep) : FirstGap(name, int.MaxValue) - 1;
        for (int number = last; number >= 1; number--) ShiftUp(Generation(name, number));
        return new RotatedName(name, "", 1);
    }

    // The highest number to move up. The mark tells the next run, if this one is stopped, that a gap is the one it made: then only what is
    // below the gap moves, and nothing more goes.
    private int FreeLast(string name, int keep)
    {
        int gap = FirstGap(name, keep);
        if (gap <= keep && directory.Identify(LockFiles.ShiftName(name)) is not null) return gap - 1;
        directory.OpenAppend(LockFiles.ShiftName(name)).Dispose();
        directory.Sync(LockFiles.ShiftName(name));
        // What is too young to go moves up beyond the set.
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

    // Two files where a process was stopped between compressing and deleting.
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

    private StorageException NotOurs(string name)
    {
        string path = Path.Combine(directory.Path, name);
        return new StorageException(AuditWriteStage.Rotate, path, 0, "", $"{path}: found a directory, expected a rotated file or nothing.");
    }
}
