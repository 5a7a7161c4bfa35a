using System.Globalization;
using EzAudit.Records;
using EzAudit.Storage.Linux;

namespace EzAudit.Storage.Platform;

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

    /// <summary>The free space for files in a directory; <see langword="null"/> if it is unknown.</summary>
    public static long? FreeBytesOf(string path) => DiskOf(path).FreeBytes;

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
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, null);
        }
    }

    private static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);

    private static string? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux() || Ownership.Of(path) is not { } owner) return null;
        string id = owner.UserId.ToString(CultureInfo.InvariantCulture);
        // Format: login:password:id:... Accounts from elsewhere, such as LDAP, are missing; their id must do.
        string? login = File.Exists(Accounts)
            ? File.ReadLines(Accounts).Select(line => line.Split(':')).FirstOrDefault(parts => parts.Length > 2 && parts[2] == id)?[0]
            : null;
        return login is null ? id : $"{login} ({id})";
    }
}
