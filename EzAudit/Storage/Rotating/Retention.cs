using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Storage.Rotating;

/// <summary>Deletes rotated files in excess of the configured number or age; by default none. Only the holder of the file's lease may call it.</summary>
/// <remarks>
/// Ages come from more than one clock: starting with a wrong time must not age all files. Time continues from the newest time of the trail at the
/// first look, by the monotonic clock of this process. A trail that was idle for long seems younger than it is, until the next start. A gap of years
/// between files counts as zero, because it means a wrong clock.
/// </remarks>
internal sealed class Retention(ILogDirectory directory, RotationSettings settings, IClock clock, Action<LogFileChange> notify)
{
    private static readonly Duration Leap = Duration.FromDays(5 * 365);

    private Instant? _start;
    private long _startTick;
    private Instant[] _times = [];
    private Instant _latest;

    /// <summary>Asked before a file is deleted: whether it must stay all the same.</summary>
    public Func<RotatedName, bool> IsHeld { get; set; } = static _ => false;

    /// <summary>Deletes excess files. The newest rotated file always stays.</summary>
    /// <param name="name">The log file.</param>
    /// <param name="newest">The file that was just rotated: it counts as the newest, whatever a wrong clock says about others.</param>
    public void Apply(string name, RotatedName? newest)
    {
        if (settings is { KeepFiles: null, KeepDays: null }) return;
        List<RotatedGeneration> generations = Ordered(name, newest);
        Measure(name, generations, newest);
        int kept = 0;
        foreach (RotatedGeneration generation in generations)
        {
            // Only a wrong clock can have produced this time. Neither deleted nor counted, as counting it would push others out.
            if (generation.Modified > _latest) continue;
            Duration age = AgeOf(generation.Modified);
            if (++kept == 1 || (settings.MinKeepDays > 0 && age < Duration.FromDays(settings.MinKeepDays))) continue;
            bool isDue = kept > settings.KeepFiles || (settings.KeepDays is int days && age >= Duration.FromDays(days));
            if (isDue && !IsHeld(generation.Name)) Delete(generation);
        }
    }

    /// <summary>Deletes one generation, unless it is too young or held.</summary>
    public bool TryDrop(RotatedName name)
    {
        List<RotatedGeneration> generations = Ordered(name.LogFile, newest: null);
        if (generations.Find(generation => generation.Name == name) is not { } found) return false;
        Measure(name.LogFile, generations, newest: null);
        if ((settings.MinKeepDays > 0 && AgeOf(found.Modified) < Duration.FromDays(settings.MinKeepDays)) || IsHeld(name)) return false;
        Delete(found);
        return true;
    }

    // From the newest to the oldest: numbers are reliable, but dates depend on the clock and the setting of the day, so the time of the
    // last write takes precedence over them.
    private List<RotatedGeneration> Ordered(string name, RotatedName? newest)
    {
        bool isNumbered = settings.Naming == RotationNaming.Numbered;
        return [.. RotatedName.FromNewest(RotatedName.List(directory, name), settings.Naming)
            .GroupBy(file => file with { IsCompressed = false })
            .Select(files => RotatedGeneration.Of(directory, files.Key, files))
            .OfType<RotatedGeneration>()
            .Where(generation => IsOfThisSet(generation.Name))
            .OrderByDescending(generation => generation.Name == newest)
            .ThenBy(generation => isNumbered && generation.Name.IsNumbered ? generation.Name.Number : int.MaxValue)
            .ThenByDescending(generation => generation.Modified)];
    }

    // Files beyond the numbers of the set are not part of it; only protected files move there.
    private bool IsOfThisSet(RotatedName name) =>
        settings is not { Naming: RotationNaming.Numbered, KeepFiles: not null, MinKeepDays: 0 } || !name.IsNumbered || name.Number <= settings.KeepFiles;

    // Examines the times at which the files of the trail were last written; the log file, or the one just rotated, was certainly written last.
    private void Measure(string name, List<RotatedGeneration> generations, RotatedName? newest)
    {
        Instant? latest = newest is null
            ? directory.Identify(name) is { Length: > 0 } log ? log.Modified : null
            : generations.Find(generation => generation.Name == newest)?.Modified;
        IEnumerable<Instant> written = generations.Select(generation => generation.Modified);
        Instant[] trail = [.. latest is { } last ? written.Append(last) : written];
        Instant now = clock.GetCurrentInstant();
        _latest = Instant.Max(now, latest ?? now);
        if (_start is null)
        {
            _start = trail.Where(time => time <= now).DefaultIfEmpty(now).Max();
            _startTick = Environment.TickCount64;
        }
        Instant present = Instant.Min(now, _start.Value + Duration.FromMilliseconds(Environment.TickCount64 - _startTick));
        _times = [.. trail.Where(time => time < present).Append(present).Order()];
    }

    // How long ago a time of the trail was; zero for a time in the future.
    private Duration AgeOf(Instant time)
    {
        Duration age = Duration.Zero;
        foreach (Instant later in _times.Where(later => later > time))
        {
            if (later - time < Leap) age += later - time;
            time = later;
        }
        return age;
    }

    private void Delete(RotatedGeneration generation)
    {
        foreach (RotatedName file in generation.Files)
        {
            if (directory.Identify(file.ToString()) is null) continue;
            directory.Delete(file.ToString());
            notify(new LogFileChange(LogFileChangeKind.Deleted, file.ToString(), null));
        }
    }
}

/// <summary>A rotated file, or two files while it is being compressed.</summary>
/// <param name="Name">Its name without <c>.gz</c>.</param>
/// <param name="Files">The existing files.</param>
/// <param name="Modified">The time of the last write.</param>
internal sealed record RotatedGeneration(RotatedName Name, IReadOnlyList<RotatedName> Files, Instant Modified)
{
    /// <summary>Returns <see langword="null"/> if one of its names is not a file, or no file exists any more.</summary>
    public static RotatedGeneration? Of(ILogDirectory directory, RotatedName name, IEnumerable<RotatedName> files)
    {
        RotatedName[] all = [.. files];
        FileIdentity[] identities = [.. all.Select(file => directory.Identify(file.ToString())).OfType<FileIdentity>()];
        bool isOurs = identities.Length > 0 && Array.TrueForAll(identities, identity => identity.IsRegular);
        return isOurs ? new RotatedGeneration(name, all, identities.Max(identity => identity.Modified)) : null;
    }
}
