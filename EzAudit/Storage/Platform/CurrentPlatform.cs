using EzAudit.Storage.Linux;
using EzAudit.Storage.MacOS;
using EzAudit.Storage.Windows;

namespace EzAudit.Storage.Platform;

/// <summary>Selects the implementations for this operating system.</summary>
internal static class CurrentPlatform
{
    /// <summary>A log directory. Creates or opens nothing until the first record needs it.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="rule">The permissions of new files, and the rule for who else may own existing ones.</param>
    public static ILogDirectory DirectoryAt(string path, AccessRule rule)
    {
        if (OperatingSystem.IsWindows()) return new WindowsDirectory(path);
        if (OperatingSystem.IsMacOS()) return new MacDirectory(path, rule);
        return new LinuxDirectory(path, rule);
    }

    public static WaitQueue NewWaitQueue() => FutexWaitQueue.IsSupported ? new FutexWaitQueue() : new MonitorWaitQueue();
}
