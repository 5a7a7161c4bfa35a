using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Storage.Linux;

/// <summary>Inspects a directory and its disk without changing either.</summary>
internal static class DirectoryState
{
    private const string Accounts = "/etc/passwd";

    public static AuditLogDirectory Of(string path)
    {
        while (true)
        {
            try
            {
                return Look(path);
            }
            catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
            {
                // Another process that is starting has just removed what it created to test the directory.
            }
        }
    }

    private static AuditLogDirectory Look(string path)
    {
        string nearest = path;
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent) nearest = parent;
        (string? fileSystem, long? freeBytes) = DiskOf(nearest);
        return new AuditLogDirectory
        {
            Path = path,
            Exists = nearest == path,
            FileSystem = fileSystem,
            FreeBytes = freeBytes,
            Owner = OwnerOf(nearest),
            Mode = ModeOf(nearest),
        };
    }

    private static (string? FileSystem, long? FreeBytes) DiskOf(string path)
    {
        try
        {
            var drive = new DriveInfo(path);
            return (drive.DriveFormat, drive.AvailableFreeSpace);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, null);
        }
    }

    private static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);

    private static string? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux() || Libc.Statx(Statx.AtFileDescriptorCwd, path, 0, Statx.BasicStats, out Statx status) != 0) return null;
        string id = status.UserId.ToString(CultureInfo.InvariantCulture);
        // Format: login:password:id:... Accounts from elsewhere, such as LDAP, are missing; their id must do.
        string? login = File.Exists(Accounts)
            ? File.ReadLines(Accounts).Select(line => line.Split(':')).FirstOrDefault(parts => parts.Length > 2 && parts[2] == id)?[0]
            : null;
        return login is null ? id : $"{login} ({id})";
    }
}

/// <summary>Distinguishes pipes, sockets and devices from files before they are opened.</summary>
internal static class SpecialFile
{
    /// <summary>Whether a special file is at a path, or at the end of its links.</summary>
    public static bool Exists(string path) =>
        OperatingSystem.IsLinux()
        && Libc.Statx(Statx.AtFileDescriptorCwd, path, 0, Statx.BasicStats, out Statx status) == 0
        && !status.IsRegularFile && !status.IsDirectory;
}
