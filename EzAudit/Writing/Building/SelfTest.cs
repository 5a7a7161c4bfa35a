using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Linux;

namespace EzAudit.Writing.Building;

/// <summary>Tests at startup what records will need, and who else could change or replace the log files, so that problems show up before the first sign-in.</summary>
/// <remarks>
/// eZ Publish's own site.ini configures 0666 and 0777, and its PHP creates files and directories with these permissions. If the settings say so,
/// they are accepted; EzAudit itself never grants write permission to others.
/// </remarks>
internal sealed class SelfTest(AuditSettings settings, SettingsProblems problems)
{
    private const int MaxAttempts = 10;
    private const int MaxLinks = 40;
    private const string Expected = "a log directory that this process can write to, lock and sync";

    private static readonly string[] InMemory = ["tmpfs", "ramfs"];
    private static readonly string[] Layered = ["overlay", "overlayfs", "aufs"];
    private static readonly string[] Remote = ["nfs", "nfs4", "cifs", "smb", "smb2"];

    private readonly AccessRule _access = settings.AccessRule();

    /// <summary>Checks who has access, writes, syncs and locks in the directory, and opens the existing log files.</summary>
    public void Run(string path, IReadOnlyCollection<string> files)
    {
        if (OperatingSystem.IsLinux() && !IsAccessRestricted(path, files)) return;
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

    // Checks a directory of log files, its parents, and its existing log files. Returns false if records must not go there.
    private bool IsAccessRestricted(string path, IEnumerable<string> files)
    {
        int before = problems.ErrorCount;
        foreach (string above in ParentsOf(path)) CheckParent(above);
        if (Ownership.Of(path) is { } directory) CheckDirectory(path, directory, files);
        return problems.ErrorCount == before;
    }

    // For a link, both the parents of the link and those of its destination.
    private static HashSet<string> ParentsOf(string path)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([path]);
        for (int links = 0; pending.TryPop(out string? next);)
        {
            for (string level = next; Path.GetDirectoryName(level) is { } parent; level = parent)
            {
                if (links < MaxLinks && new DirectoryInfo(level).LinkTarget is { } target)
                {
                    links++;
                    pending.Push(Path.GetFullPath(target, parent));
                }
                found.Add(parent);
            }
        }
        return found;
    }

    // Anyone who can rename a directory can replace it.
    private void CheckParent(string path)
    {
        if (Ownership.Of(path) is { IsOpenToAll: true } directory && !settings.OthersMayWriteDirectories)
        {
            Warn(
                path, $"a directory above the log directory that every user can write to ({directory.Octal})",
                "one that others cannot write to (chmod o-w, or chmod +t): any user can put another log directory in place of this one");
        }
    }

    private void CheckDirectory(string path, Ownership directory, IEnumerable<string> files)
    {
        Add(path, _access.CheckDirectory(directory));
        if (directory.IsWritableByAll && !directory.IsOpenToAll)
            Warn(path, $"a directory in which every user can create files ({directory.Octal})", "one that others cannot write to (chmod o-w): anyone who takes the name of a log file first can stop its records");
        // Root may write to files of another user, as an operator's tools do.
        if (!directory.IsTrusted && Ownership.OwnUserId != Ownership.Root)
            Warn(path, $"a directory of user {directory.UserId}", $"one of user {Ownership.OwnUserId} (this process) or of root");
        foreach (string file in files.Select(file => Path.Combine(path, file)))
        {
            // A link is refused when it is opened, wherever it leads.
            if (new FileInfo(file).LinkTarget is not null) continue;
            if (Ownership.Of(file) is { } log && Ownership.Of(Path.GetDirectoryName(file)!) is { } parent) Add(file, _access.CheckFile(log, parent));
        }
    }

    private void Add(string path, AccessProblem? problem)
    {
        if (problem is not null) problems.Add(new SettingsPlace(path), problem.Found, problem.Expected);
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
