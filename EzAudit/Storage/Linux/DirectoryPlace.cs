namespace EzAudit.Storage.Linux;

/// <summary>Tells whether two paths lead to one directory.</summary>
internal static class DirectoryPlace
{
    /// <summary>The same text for every path to the same directory, whatever links and mounts are on the way; it need not be there yet.</summary>
    public static string Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return path;
        for (string? level = path; level is not null; level = Path.GetDirectoryName(level))
        {
            if (Libc.Statx(Statx.AtFileDescriptorCwd, level, 0, Statx.BasicStats, out Statx status) == 0)
                return $"{status.DeviceMajor}:{status.DeviceMinor}:{status.Inode}/{Path.GetRelativePath(level, path)}";
        }
        return path;
    }
}
