namespace EzAudit.Storage.Linux;

/// <summary>Determines whether two paths lead to the same directory.</summary>
internal static class DirectoryPlace
{
    /// <summary>The same text for every path to the same directory, regardless of links and mounts. The directory need not exist yet.</summary>
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
