using EzAudit.Settings.Sources;

namespace EzAudit.Storage.Linux;

/// <summary>Looks at a file without opening it.</summary>
internal static class FileLooks
{
    /// <summary>What a path leads to, through links; <see langword="null"/> where nothing is, or where the system does not tell enough.</summary>
    public static FileLook? At(string path) =>
        OperatingSystem.IsLinux() && Libc.Statx(Statx.AtFileDescriptorCwd, path, 0, Statx.BasicStats, out Statx status) == 0 ? status.Look : null;
}
