using EzAudit.Settings;
using NodaTime;

namespace EzAudit.Storage;

/// <summary>Deletes rotated files that are more or older than the settings keep; by default none. Called only by the holder of the file's lease.</summary>
internal sealed class Retention(ILogDirectory directory, RotationSettings settings, IClock clock, Action<LogFileChange> notify)
{
    /// <summary>Deletes what is too much.</summary>
    /// <param name="name">The log file.</param>
    /// <param name="newest">The file that was just rotated: it counts as the newest whatever date a wrong clock gave another.</param>
    public void Apply(string name, RotatedName? newest)
    {
        if (settings is { KeepFiles: null, KeepDays: null }) return;
        Instant now = clock.GetCurrentInstant();
        int kept = 0;
        foreach (RotatedName[] files in Generations(name, newest))
        {
            FileIdentity[] identities = [.. files.Select(file => directory.Identify(file.ToString())).OfType<FileIdentity>()];
            if (identities.Length == 0 || Array.Exists(identities, identity => !identity.IsRegular)) continue;
            kept++;
            Duration age = now - identities.Max(identity => identity.Modified);
            if (settings.MinKeepDays > 0 && age < Duration.FromDays(settings.MinKeepDays)) continue;
            if (kept > settings.KeepFiles || (settings.KeepDays is int days && age >= Duration.FromDays(days))) Delete(files);
        }
    }

    /// <summary>Deletes one generation, unless it is too young for that.</summary>
    public void Drop(RotatedName generation)
    {
        foreach (RotatedName file in new[] { generation, generation with { IsCompressed = true } })
        {
            if (directory.Identify(file.ToString()) is not { IsRegular: true } identity) continue;
            if (clock.GetCurrentInstant() - identity.Modified >= Duration.FromDays(settings.MinKeepDays) || settings.MinKeepDays == 0) Delete([file]);
        }
    }

    // From the newest to the oldest.
    private IEnumerable<RotatedName[]> Generations(string name, RotatedName? newest) =>
        RotatedName.FromNewest(RotatedName.List(directory, name), settings.Naming)
            .GroupBy(file => file with { IsCompressed = false })
            .OrderByDescending(files => files.Key == newest)
            .Select(files => files.ToArray());

    private void Delete(RotatedName[] files)
    {
        foreach (RotatedName file in files)
        {
            if (directory.Identify(file.ToString()) is null) continue;
            directory.Delete(file.ToString());
            notify(new LogFileChange(LogFileChangeKind.Deleted, file.ToString(), null));
        }
    }
}
