using EzAudit.Settings.Sources;

namespace EzAudit.Storage.Linux;

/// <summary>Inspects what a path leads to, through links and without opening it. On other systems, nothing is known.</summary>
internal static class LinuxPath
{
    /// <summary>Whether a pipe, a socket or a device is at the path: opening one may block.</summary>
    public static bool IsSpecialFile(string path) => TryStatus(path, out Statx status) && !status.IsRegularFile && !status.IsDirectory;

    /// <summary>Identifies the file and its state; <see langword="null"/> if there is none.</summary>
    public static FileLook? Look(string path) => TryStatus(path, out Statx status) ? status.Look : null;

    /// <summary>The same text for every path to the same directory, regardless of links and mounts. The directory need not exist yet.</summary>
    public static string PlaceOf(string directory)
    {
        for (string? level = directory; level is not null; level = Path.GetDirectoryName(level))
        {
            if (TryStatus(level, out Statx status)) return $"{status.DeviceMajor}:{status.DeviceMinor}:{status.Inode}/{Path.GetRelativePath(level, directory)}";
        }
        return directory;
    }

    private static bool TryStatus(string path, out Statx status)
    {
        status = default;
        return OperatingSystem.IsLinux() && Statx.TryOf(path, out status);
    }
}
