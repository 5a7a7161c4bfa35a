using EzAudit.Settings.Sources;

namespace EzAudit.Storage.Linux;

/// <summary>Inspects a file without opening it.</summary>
internal static class FileLooks
{
    /// <summary>The file that a path leads to, through links; <see langword="null"/> if there is none, or the system does not provide enough information.</summary>
    public static FileLook? At(string path) =>
        OperatingSystem.IsLinux() && Libc.Statx(Statx.AtFileDescriptorCwd, path, 0, Statx.BasicStats, out Statx status) == 0 ? status.Look : null;
}
