using EzAudit.Storage.Linux;

namespace EzAudit.Storage;

/// <summary>Tells a pipe, a socket or a device from a file before it is opened.</summary>
internal static class SpecialFile
{
    /// <summary>Whether one stands at a path, or at the end of the links that stand there.</summary>
    public static bool Exists(string path) =>
        OperatingSystem.IsLinux()
        && Libc.Statx(Statx.AtFileDescriptorCwd, path, 0, Statx.BasicStats, out Statx status) == 0
        && !status.IsRegularFile && !status.IsDirectory;
}
