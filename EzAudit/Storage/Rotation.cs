using EzAudit.Records;
using EzAudit.Settings;
using NodaTime;

namespace EzAudit.Storage;

/// <summary>Renames a log file that is full or whose period is over, so that its name becomes free. Called only by the holder of the file's lease.</summary>
/// <remarks>
/// Stopped after any step, it can be run again: each step is one rename that overwrites nothing, and only <see cref="Retention"/>
/// deletes, when all of them are done.
/// </remarks>
internal sealed class Rotation(ILogDirectory directory, RotationSettings settings, IClock clock, DateTimeZone zone, Action<LogFileChange> notify)
{
    private readonly Retention _retention = new(directory, settings, clock, notify);
    private RotationPeriod _period = new(Instant.MaxValue, "");

    /// <summary>The file was opened, or opened anew. What it holds belongs to the period in which it was last written to.</summary>
    public void Begin(FileIdentity identity)
    {
        if (settings.Interval == RotationInterval.None) return;
        Instant now = clock.GetCurrentInstant();
        // A file from the future would not be rotated before that.
        _period = PeriodOf(identity.Length == 0 ? now : Instant.Min(identity.Modified, now));
    }

    /// <summary>Whether a file of this length has to go before the next record. A record is never split.</summary>
    public bool IsDue(long length)
    {
        if (settings.MaxFileSize > 0 && length > settings.MaxFileSize) return true;
        if (settings.Interval == RotationInterval.None) return false;
        Instant now = clock.GetCurrentInstant();
        if (now < _period.End) return false;
        if (length > 0) return true;
        // Nothing in it yet: it belongs to whichever period writes first.
        _period = PeriodOf(now);
        return false;
    }

    /// <summary>Moves the file out of the way, then deletes what the settings say is too much.</summary>
    public void Rotate(string name)
    {
        bool asEz = settings is { Naming: RotationNaming.Numbered, KeepFiles: not null } && directory.Identify(LockFiles.ShiftName(name)) is null;
        RotatedName rotated = asEz ? FreeAsEz(name, settings.KeepFiles!.Value) : settings.Naming == RotationNaming.Numbered ? FreeNumbered(name) : FreeDated(name);
        directory.Rename(name, rotated.ToString());
        try
        {
            directory.Sync(name);
        }
        finally
        {
            notify(new LogFileChange(LogFileChangeKind.Rotated, name, rotated.ToString()));
        }
        if (asEz) _retention.Drop(new RotatedName(name, "", settings.KeepFiles!.Value + 1));
        _retention.Apply(name, rotated);
        if (directory.Identify(LockFiles.ShiftName(name)) is not null) directory.Delete(LockFiles.ShiftName(name));
    }

    /// <summary>Deletes what the settings say is too much; once, when the first lease is held, as the settings may have changed.</summary>
    public void Retain(string name) => _retention.Apply(name, newest: null);

    private RotationPeriod PeriodOf(Instant instant) => RotationPeriod.Of(instant, settings.Interval, zone);

    private RotatedName FreeDated(string name)
    {
        string date = settings.Interval == RotationInterval.None ? PeriodOf(clock.GetCurrentInstant()).Date : _period.Date;
        int last = RotatedName.List(directory, name).Where(rotated => rotated.Date == date).Select(rotated => rotated.Number).DefaultIfEmpty(0).Max();
        return new RotatedName(name, date, last + 1);
    }

    // eZ Publish's way, gaps and all: what reaches the number beyond the last goes. The mark tells the next run, if this one is
    // stopped, that a gap is no gap of old, so that nothing more goes.
    private RotatedName FreeAsEz(string name, int keep)
    {
        directory.OpenAppend(LockFiles.ShiftName(name)).Dispose();
        directory.Sync(LockFiles.ShiftName(name));
        int top = keep;
        while (Generation(name, top + 1).Count > 0) top++;
        for (int number = top; number >= 1; number--) ShiftUp(Generation(name, number));
        return new RotatedName(name, "", 1);
    }

    // All move up one by one from the top, so that a crash in between overwrites nothing. What is beyond a gap stays: a gap is
    // where an earlier run was stopped.
    private RotatedName FreeNumbered(string name)
    {
        var generations = new List<List<RotatedName>>();
        while (Generation(name, generations.Count + 1) is { Count: > 0 } generation) generations.Add(generation);
        for (int i = generations.Count - 1; i >= 0; i--) ShiftUp(generations[i]);
        return new RotatedName(name, "", 1);
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
        return new StorageException(AuditWriteStage.Rotate, path, 0, "", $"{path}: found a directory, wanted a rotated file or nothing.");
    }
}
