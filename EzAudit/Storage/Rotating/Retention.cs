using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Storage.Rotating;

/// <summary>Deletes rotated files in excess of the configured number or age; by default none. Only the holder of the file's lease may call it.</summary>
internal sealed class Retention(ILogDirectory directory, RotationSettings settings, IClock clock, Action<LogFileChange> notify)
{
    private readonly TrailAge _age = new(clock);

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
            // Neither deleted nor counted, as counting it would push others out.
            if (_age.IsFuture(generation.Modified)) continue;
            Duration age = _age.Of(generation.Modified);
            if (++kept == 1 || (settings.MinKeepDays > 0 && age < Duration.FromDays(settings.MinKeepDays))) continue;
            if (kept > settings.KeepFiles || (settings.KeepDays is int days && age >= Duration.FromDays(days))) Delete(generation);
        }
    }

    /// <summary>Deletes one generation, unless it is too young.</summary>
    public bool TryDrop(RotatedName name)
    {
        List<RotatedGeneration> generations = Ordered(name.LogFile, newest: null);
        if (generations.Find(generation => generation.Name == name) is not { } found) return false;
        Measure(name.LogFile, generations, newest: null);
        if (settings.MinKeepDays > 0 && _age.Of(found.Modified) < Duration.FromDays(settings.MinKeepDays)) return false;
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

    private void Measure(string name, List<RotatedGeneration> generations, RotatedName? newest)
    {
        Instant? latest = newest is null
            ? directory.Identify(name) is { Length: > 0 } log ? log.Modified : null
            : generations.Find(generation => generation.Name == newest)?.Modified;
        IEnumerable<Instant> times = generations.Select(generation => generation.Modified);
        _age.Measure([.. latest is { } time ? times.Append(time) : times], latest);
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
