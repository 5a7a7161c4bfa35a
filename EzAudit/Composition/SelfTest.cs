using EzAudit.Records;
using EzAudit.Settings;
using EzAudit.Storage;

namespace EzAudit.Composition;

/// <summary>Tries before the first record what records will need: a trouble is heard of at the start, not at the first sign-in.</summary>
internal sealed class SelfTest(AuditSettings settings, List<AuditSettingsProblem> problems)
{
    private const long LowSpaceBytes = 64 << 20;
    private const string Wanted = "a log directory that this process can write to, lock, and put on disk";

    private static readonly string[] Forgetful = ["tmpfs", "ramfs"];
    private static readonly string[] Remote = ["nfs", "nfs4", "cifs", "smb", "smb2"];

    /// <summary>Writes, syncs and locks in the directory, and opens the log files that are there already.</summary>
    public void Run(string path, IEnumerable<string> files)
    {
        try
        {
            using ILogDirectory directory = PlatformDirectory.At(path, settings.FileMode, settings.DirectoryMode);
            Probe(directory);
            foreach (string file in files.Where(file => directory.Identify(file) is not null)) directory.OpenAppend(file).Dispose();
        }
        catch (StorageException failure)
        {
            problems.Add(new AuditSettingsProblem(path, 0, failure.Message.TrimEnd('.'), Wanted));
            return;
        }
        WarnOfTheDisk(path);
    }

    private static void Probe(ILogDirectory directory)
    {
        using (IAppendFile probe = directory.OpenAppend(LockFiles.ProbeName))
        {
            if (probe.Append("probe\n"u8) == 0) throw new StorageException(AuditWriteStage.Write, directory.Path, 0, "", $"{directory.Path}: found no room for a byte");
            probe.Sync();
            directory.Sync(LockFiles.ProbeName);
        }
        using (IFileLock fileLock = directory.OpenLock(LockFiles.ProbeName))
        {
            if (fileLock.TryLock()) fileLock.Unlock();
        }
        // Left to whoever shares the directory and probes at the same time, if one does.
        if (directory.Identify(LockFiles.ProbeName) is not null) directory.Delete(LockFiles.ProbeName);
    }

    private void WarnOfTheDisk(string path)
    {
        DriveInfo drive;
        try
        {
            drive = new DriveInfo(path);
            if (drive.AvailableFreeSpace < LowSpaceBytes) Warn(path, $"{drive.AvailableFreeSpace >> 20} MiB of free space", $"at least {LowSpaceBytes >> 20} MiB");
        }
        catch (IOException)
        {
            // A file system that does not say how it is: no reason not to start.
            return;
        }
        if (Forgetful.Contains(drive.DriveFormat)) Warn(path, $"a directory on {drive.DriveFormat}", "a disk: what is kept in memory does not survive a restart");
        if (Remote.Contains(drive.DriveFormat)) Warn(path, $"a directory on {drive.DriveFormat}", "a local disk: over a network appends may overwrite each other, and a sync may hang");
    }

    private void Warn(string path, string found, string wanted) => problems.Add(new AuditSettingsProblem(path, 0, found, wanted, IsWarning: true));
}
