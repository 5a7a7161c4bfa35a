using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;

namespace EzAudit.Writing.Building;

/// <summary>Log directories, with the permissions that the settings give them.</summary>
internal static class LogDirectories
{
    /// <param name="settings">The settings.</param>
    /// <param name="path">Absolute.</param>
    public static ILogDirectory DirectoryAt(this AuditSettings settings, string path) => PlatformDirectory.At(path, settings.AccessRule());

    public static AccessRule AccessRule(this AuditSettings settings) => new(settings.FileMode, settings.DirectoryMode)
    {
        AllowsFilesOpenToAll = settings.OthersMayWriteFiles,
        AllowsDirectoriesOpenToAll = settings.OthersMayWriteDirectories,
    };
}
