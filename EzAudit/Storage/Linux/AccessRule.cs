namespace EzAudit.Storage.Linux;

/// <summary>The permissions of new files and directories, and the rule for whose files and directories may receive records.</summary>
/// <param name="FileMode">Permission bits of new log files.</param>
/// <param name="DirectoryMode">Permission bits of new directories.</param>
internal sealed record AccessRule(UnixFileMode FileMode, UnixFileMode DirectoryMode)
{
    private const uint MaxModeBits = 0xfff;

    /// <summary>Whether log files that every user can write to are accepted.</summary>
    public bool AllowsFilesOpenToAll { get; init; }

    /// <summary>Whether directories that every user can write to are accepted.</summary>
    public bool AllowsDirectoriesOpenToAll { get; init; }

    /// <summary>Whether the files are secret keys, which only their owner and its group may read.</summary>
    public bool IsForKeys { get; init; }

    /// <summary>What the files are, in messages.</summary>
    public string FileKind => IsForKeys ? "key file" : "log file";

    public uint FileBits => (uint)FileMode & MaxModeBits;

    public uint DirectoryBits => (uint)DirectoryMode & MaxModeBits;

    /// <summary>Permission bits of lock files: only for users who may write the log. Anyone who can open a lock file can hold it, and stop all writing.</summary>
    public uint LockBits => (uint)(UnixFileMode.UserRead | UnixFileMode.UserWrite
        | (FileMode.HasFlag(UnixFileMode.GroupWrite) ? UnixFileMode.GroupRead | UnixFileMode.GroupWrite : 0)
        | (FileMode.HasFlag(UnixFileMode.OtherWrite) ? UnixFileMode.OtherRead | UnixFileMode.OtherWrite : 0));

    /// <summary>What is wrong with the permissions of a directory; <see langword="null"/> if nothing is.</summary>
    public AccessProblem? CheckDirectory(Ownership directory) => directory.IsOpenToAll && !AllowsDirectoriesOpenToAll
        ? new($"a directory that every user can write to ({directory.Octal})", $"one that others cannot write to (chmod o-w){Or("StorageDirPermissions in site.ini that allows it", ",")}")
        : null;

    /// <summary>What is wrong with a directory inside the log directory; <see langword="null"/> if nothing is.</summary>
    public AccessProblem? CheckDirectory(Ownership directory, Ownership parent) => CheckDirectory(directory) ?? (
        IsAccepted(directory, parent, DirectoryMode, AllowsDirectoriesOpenToAll)
            ? null
            : new($"a directory of user {directory.UserId}", $"{Owners(parent)}{Or("StorageDirPermissions in site.ini that allow a group to write")}"));

    /// <summary>What is wrong with a log file; <see langword="null"/> if nothing is.</summary>
    public AccessProblem? CheckFile(Ownership file, Ownership directory)
    {
        if (IsForKeys && (file.Mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            return new($"a key file that others can read or write ({file.Octal})", "one that only its owner, or its owner and group, can read (chmod o-rw)");
        if (file.IsWritableByAll && !AllowsFilesOpenToAll)
            return new($"a log file that every user can write to ({file.Octal})", "one that others cannot write to (chmod o-w), or LogFilePermissions in site.ini that allows it");
        return IsAccepted(file, directory, FileMode, AllowsFilesOpenToAll)
            ? null
            : new($"a {FileKind} of user {file.UserId}", $"{Owners(directory)}{Or("LogFilePermissions in site.ini that allow a group to write")}");
    }

    // No setting allows others access to keys.
    private string Or(string setting, string separator = ";") => IsForKeys ? "" : $"{separator} or {setting}";

    // Where a group may write, its users share the files, and each owns those it created; unless strangers may create files there too.
    private static bool IsAccepted(Ownership entry, Ownership parent, UnixFileMode mode, bool allowsAll) =>
        entry.IsTrusted || entry.UserId == parent.UserId || allowsAll || (mode.HasFlag(UnixFileMode.GroupWrite) && !parent.IsWritableByAll);

    private static string Owners(Ownership directory) =>
        $"one of user {Ownership.OwnUserId} (this process), of root, or of the directory's owner, user {directory.UserId}";
}
