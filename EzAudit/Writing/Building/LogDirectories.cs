using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;

namespace EzAudit.Writing.Building;

/// <summary>Opens log directories with the configured permissions.</summary>
internal static class LogDirectories
{
    /// <param name="settings">The settings.</param>
    /// <param name="path">The absolute path.</param>
    public static ILogDirectory DirectoryAt(this AuditSettings settings, string path) => PlatformDirectory.At(path, settings.AccessRule());

    public static AccessRule AccessRule(this AuditSettings settings) => new(settings.FileMode, settings.DirectoryMode)
    {
        AllowsFilesOpenToAll = settings.OthersMayWriteFiles,
        AllowsDirectoriesOpenToAll = settings.OthersMayWriteDirectories,
    };
}
