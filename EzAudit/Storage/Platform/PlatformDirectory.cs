using EzAudit.Storage.Linux;
using EzAudit.Storage.MacOS;
using EzAudit.Storage.Windows;

namespace EzAudit.Storage.Platform;

/// <summary>Chooses how this operating system keeps a log directory.</summary>
internal static class PlatformDirectory
{
    /// <summary>Nothing is made or opened before the first record needs it.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="rule">The permissions of what is made there, and who else may own what is there.</param>
    public static ILogDirectory At(string path, AccessRule rule)
    {
        if (OperatingSystem.IsWindows()) return new WindowsDirectory(path);
        if (OperatingSystem.IsMacOS()) return new MacDirectory(path, rule);
        return new LinuxDirectory(path, rule);
    }
}
