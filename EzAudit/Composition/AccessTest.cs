using System.Runtime.Versioning;
using EzAudit.Records;
using EzAudit.Settings;
using EzAudit.Storage;

namespace EzAudit.Composition;

/// <summary>Looks at the start who else could change log files, or put others in their place.</summary>
/// <remarks>
/// eZ Publish's own site.ini asks for 0666 and 0777, and its PHP makes files and directories so. Where the settings say that, nothing is refused
/// because of it; EzAudit itself gives write for others to nothing.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class AccessTest(AuditSettings settings, List<AuditSettingsProblem> problems)
{
    /// <summary>Looks at a directory of log files, and at those that are in it already.</summary>
    public void Run(string path, IEnumerable<string> files)
    {
        if (Ownership.Of(path) is not { } directory) return;
        if (directory.IsOpenToAll && !settings.OthersMayWriteDirectories)
            Add(path, $"a directory that every user can write to ({directory.Octal})", "one that others cannot write to (chmod o-w), or StorageDirPermissions in site.ini that says so");
        // Root may write what is another user's, and an operator's tools do.
        if (!directory.IsTrusted && Ownership.OwnUserId != 0)
            Add(path, $"a directory of user {directory.UserId}", $"one of user {Ownership.OwnUserId}, as whom this process runs, or of root", isWarning: true);
        foreach (string file in files.Select(file => Path.Combine(path, file)))
        {
            if (Ownership.Of(file) is { } log) Look(file, log, directory);
        }
    }

    private void Look(string path, Ownership log, Ownership directory)
    {
        if (log.IsOpenToAll && !settings.OthersMayWriteFiles)
            Add(path, $"a log file that every user can write to ({log.Octal})", "one that others cannot write to (chmod o-w), or LogFilePermissions in site.ini that says so");
        // Where a group may write, several users share the files: each owns those that it made.
        if (!log.IsTrusted && log.UserId != directory.UserId && !settings.FileMode.HasFlag(UnixFileMode.GroupWrite))
        {
            Add(
                path,
                $"a log file of user {log.UserId}",
                $"one of user {Ownership.OwnUserId}, as whom this process runs, of root, or of the directory's owner, user {directory.UserId}; or LogFilePermissions in site.ini that let a group write");
        }
    }

    private void Add(string path, string found, string wanted, bool isWarning = false) => problems.Add(new AuditSettingsProblem(path, 0, found, wanted, isWarning));
}
