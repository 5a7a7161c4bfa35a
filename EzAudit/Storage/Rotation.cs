using System.Globalization;
using EzAudit.Records;
using EzAudit.Settings;
using NodaTime;

namespace EzAudit.Storage;

/// <summary>Renames a full log file, so that its name becomes free. Called only by the holder of the file's lease.</summary>
internal sealed class Rotation(ILogDirectory directory, RotationSettings settings, IClock clock, DateTimeZone zone)
{
    /// <summary>A file was opened, or opened anew.</summary>
    public void Begin(FileIdentity identity)
    {
    }

    /// <summary>Whether a file of this length is full before the next record. A record is never split.</summary>
    public bool IsDue(long length) => settings.MaxFileSize > 0 && length > settings.MaxFileSize;

    /// <summary>Moves the file out of the way; deletes only what the settings say is one too many.</summary>
    public void Rotate(string name)
    {
        if (settings.Naming == RotationNaming.Numbered) RotateNumbered(name);
        else RotateDated(name);
        directory.Sync(name);
    }

    private void RotateDated(string name)
    {
        string date = clock.GetCurrentInstant().InZone(zone).Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        string stem = $"{name}.{date}.";
        string fileStem = stem[(name.LastIndexOf('/') + 1)..];
        int last = directory.ListSiblings(name)
            .Where(sibling => sibling.StartsWith(fileStem, StringComparison.Ordinal))
            .Select(sibling => sibling[fileStem.Length..].Split('.')[0])
            .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0)
            .DefaultIfEmpty(0)
            .Max();
        directory.Rename(name, stem + (last + 1).ToString(CultureInfo.InvariantCulture));
    }

    // eZ Publish's way: .N goes, the others move up one by one from the top, so that a crash in between overwrites nothing.
    private void RotateNumbered(string name)
    {
        string dropped = LockFiles.DroppedName(name);
        bool interrupted = directory.Identify(dropped) is not null;
        if (settings.KeepFiles is int keep && !interrupted)
        {
            // Aside first and deleted last: its presence tells the next one that a chain was interrupted and nothing more may go.
            if (directory.Identify(Numbered(name, keep)) is { } oldest)
            {
                if (!oldest.IsRegular) throw NotOurs(Numbered(name, keep));
                directory.Rename(Numbered(name, keep), dropped);
            }
            for (int i = keep - 1; i >= 1; i--)
            {
                if (directory.Identify(Numbered(name, i)) is not null) directory.Rename(Numbered(name, i), Numbered(name, i + 1));
            }
        }
        else
        {
            int free = 1;
            while (directory.Identify(Numbered(name, free)) is not null) free++;
            for (int i = free - 1; i >= 1; i--) directory.Rename(Numbered(name, i), Numbered(name, i + 1));
        }
        directory.Rename(name, Numbered(name, 1));
        if (directory.Identify(dropped) is not null) directory.Delete(dropped);
    }

    private StorageException NotOurs(string name)
    {
        string path = Path.Combine(directory.Path, name);
        return new StorageException(AuditWriteStage.Rotate, path, 0, "", $"{path}: found a directory, wanted a rotated file or nothing.");
    }

    private static string Numbered(string name, int number) => name + "." + number.ToString(CultureInfo.InvariantCulture);
}
