using EzAudit.Storage.Linux;
using EzAudit.Storage.MacOS;
using EzAudit.Storage.Windows;

namespace EzAudit.Storage;

/// <summary>Chooses how this operating system keeps a log directory.</summary>
internal static class PlatformDirectory
{
    /// <summary>Nothing is made or opened before the first record needs it.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="fileMode">Permission bits of new files.</param>
    /// <param name="directoryMode">Permission bits of new directories.</param>
    public static ILogDirectory At(string path, UnixFileMode fileMode, UnixFileMode directoryMode)
    {
        if (OperatingSystem.IsWindows()) return new WindowsDirectory(path);
        if (OperatingSystem.IsMacOS()) return new MacDirectory(path, fileMode, directoryMode);
        return new LinuxDirectory(path, fileMode, directoryMode);
    }
}
