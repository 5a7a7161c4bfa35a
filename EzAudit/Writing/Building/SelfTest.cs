using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Storage;

namespace EzAudit.Writing.Building;

/// <summary>Tests at startup what records will need, so that problems show up before the first sign-in.</summary>
internal sealed class SelfTest(AuditSettings settings, SettingsProblems problems)
{
    private const int MaxAttempts = 10;
    private const string Expected = "a log directory that this process can write to, lock and sync";

    private static readonly string[] InMemory = ["tmpfs", "ramfs"];
    private static readonly string[] Layered = ["overlay", "overlayfs", "aufs"];
    private static readonly string[] Remote = ["nfs", "nfs4", "cifs", "smb", "smb2"];

    /// <summary>Writes, syncs and locks in the directory, and opens the existing log files.</summary>
    public void Run(string path, IReadOnlyCollection<string> files)
    {
        if (OperatingSystem.IsLinux() && !new AccessTest(settings, problems).Run(path, files)) return;
        string locks = Path.Combine(path, LockFiles.DirectoryName);
        string? made = FirstMissing(locks);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using ILogDirectory directory = settings.DirectoryAt(path);
                Probe(directory);
                foreach (string below in DirectoriesOf(path, files)) ProbeBelow(directory, below);
                foreach (string file in files) OpenExisting(directory, file);
                break;
            }
            catch (StorageException failure) when (failure.ErrnoName == "ENOENT" && attempt < MaxAttempts)
            {
                // Another process that is starting has just removed what it created for its own test.
            }
            catch (StorageException failure)
            {
                problems.Add(new SettingsPlace(path), failure.Message.TrimEnd('.'), Expected);
                return;
            }
        }
        CheckDisk(path);
        if (made is not null) Remove(locks, made);
    }

    private static string? FirstMissing(string path)
    {
        string? missing = null;
        for (string? level = path; level is not null && !Directory.Exists(level); level = Path.GetDirectoryName(level)) missing = level;
        return missing;
    }

    // Removes everything created only for the test: as in eZ, directories appear with the first record. The test may be run by an
    // operator, whose directories the application could not use.
    private static void Remove(string path, string upTo)
    {
        try
        {
            for (string level = path; level.Length >= upTo.Length; level = Path.GetDirectoryName(level)!) Directory.Delete(level);
        }
        catch (IOException)
        {
            // Another process is already writing there.
        }
    }

    private static void Probe(ILogDirectory directory)
    {
        string name = LockFiles.ProbeName(Environment.ProcessId);
        using (IAppendFile probe = directory.OpenAppend(name))
        using (IFileLock fileLock = directory.OpenLock(name))
        {
            if (probe.Append("probe\n"u8) == 0) throw new StorageException(AuditWriteStage.Write, directory.Path, 0, "", $"{directory.Path}: no room for a single byte");
            probe.Sync();
            directory.Sync(name);
            if (fileLock.TryLock()) fileLock.Unlock();
        }
        if (directory.Identify(name) is not null) directory.Delete(name);
    }

    private static void OpenExisting(ILogDirectory directory, string file)
    {
        if (directory.Identify(file) is not null) directory.OpenAppend(file).Dispose();
        foreach (string name in LockFiles.NamesOf(file).Where(name => directory.Identify(name) is not null)) directory.OpenLock(name).Dispose();
    }

    // Only existing directories; missing ones can be created later, as they were for the test.
    private static IEnumerable<string> DirectoriesOf(string path, IEnumerable<string> files) =>
        files.Select(file => Path.GetDirectoryName(file) ?? "").Where(below => below.Length > 0).Distinct().Where(below => Path.Exists(Path.Combine(path, below)));

    private static void ProbeBelow(ILogDirectory directory, string below)
    {
        string name = $"{below}/{LockFiles.DirectoryName}.{Environment.ProcessId}";
        using (IAppendFile probe = directory.OpenAppend(name)) probe.Sync();
        if (directory.Identify(name) is not null) directory.Delete(name);
    }

    private void CheckDisk(string path)
    {
        try
        {
            var drive = new DriveInfo(path);
            if (drive.AvailableFreeSpace < settings.Disk.LowSpace) Warn(path, $"{drive.AvailableFreeSpace >> 20} MiB of free space", $"at least {settings.Disk.LowSpace >> 20} MiB");
            if (InMemory.Contains(drive.DriveFormat)) Warn(path, $"a directory on {drive.DriveFormat}", "a disk: files in memory do not survive a restart");
            if (Layered.Contains(drive.DriveFormat)) Warn(path, $"a directory on {drive.DriveFormat}", "a disk or a volume: files in a container's own layer are deleted with it");
            if (Remote.Contains(drive.DriveFormat)) Warn(path, $"a directory on {drive.DriveFormat}", "a local disk: over a network appends may overwrite each other, and a sync may hang");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A file system that cannot be queried, or has just been unmounted, is no reason not to start.
        }
    }

    private void Warn(string path, string found, string expected) => problems.Warn(new SettingsPlace(path), found, expected);
}
