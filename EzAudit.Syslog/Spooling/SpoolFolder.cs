using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using NodaTime;

namespace EzAudit.Syslog.Spooling;

/// <summary>
/// The directory of one run of a target: <c>SpoolDir/TIME-RANDOM</c>. Whoever holds its lock owns it; the lock of a process that ended is
/// free, and the next run sends what is left there. So runs never write to the same file, be it after a reload or in several processes.
/// </summary>
/// <remarks>In it: segments named by the position of their first byte, the cursor, and the lock.</remarks>
internal sealed class SpoolFolder : IDisposable
{
    private const string LockName = "lock";
    private const string CursorName = "cursor";
    private const string SegmentEnding = ".spool";
    private const int MaxAttempts = 10;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;
    private string[] _unsynced;

    private SpoolFolder(string path, FileStream held, params string[] unsynced)
    {
        Path = path;
        _lock = held;
        _unsynced = unsynced;
    }

    public string Path { get; }

    public string CursorPath => System.IO.Path.Combine(Path, CursorName);

    /// <summary>Makes the directory of a new run.</summary>
    public static SpoolFolder Create(string spoolDirectory)
    {
        for (int attempt = 1; ; attempt++)
        {
            long now = SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds();
            string path = System.IO.Path.Combine(spoolDirectory, string.Create(CultureInfo.InvariantCulture, $"{now:x12}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
            string[] unsynced = [path, .. Ancestors(path)];
            MakeDirectory(path);
            if (TryLock(path, out FileStream? held)) return new SpoolFolder(path, held, unsynced);
            // Another run took it for one that was left behind, and away.
            if (attempt == MaxAttempts) throw new IOException($"{path}: could not lock the new spool directory, because another process holds it.");
        }
    }

    /// <summary>Takes over the oldest directory that nobody holds.</summary>
    public static bool TryAdopt(string spoolDirectory, [NotNullWhen(true)] out SpoolFolder? folder)
    {
        folder = null;
        if (!Directory.Exists(spoolDirectory)) return false;
        foreach (string path in Directory.EnumerateDirectories(spoolDirectory).Order(StringComparer.Ordinal))
        {
            // Whoever made a run, or can write to it, could have us send records that were never written.
            if (!DirectoryOwner.IsOurs(path) || !TryLock(path, out FileStream? held)) continue;
            folder = new SpoolFolder(path, held, path);
            return true;
        }
        return false;
    }

    /// <summary>How many bytes the other runs of the target hold together.</summary>
    public long BytesOfOthers() => Directory.GetDirectories(System.IO.Path.GetDirectoryName(Path)!).Where(path => path != Path).Sum(SegmentBytes);

    public string SegmentPath(long start) => System.IO.Path.Combine(Path, start.ToString("x16", CultureInfo.InvariantCulture) + SegmentEnding);

    /// <summary>The positions at which segments start, in their order.</summary>
    public long[] Segments() =>
    [
        .. Directory.EnumerateFiles(Path, "*" + SegmentEnding)
            .Select(file => long.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long start) ? start : -1)
            .Where(start => start >= 0).Order(),
    ];

    /// <summary>Puts the entries of the directory on disk, and, the first time, its own and those of the directories that were made for it.</summary>
    public void Sync()
    {
        foreach (string path in _unsynced) DiskSync.Directory(path);
        _unsynced = [Path];
    }

    /// <summary>Deletes the directory and what is in it: everything has been sent.</summary>
    public void Delete()
    {
        // The cursor goes after what it is about, and the lock last: should this process end meanwhile, nothing is sent again.
        foreach (long start in Segments()) File.Delete(SegmentPath(start));
        File.Delete(CursorPath);
        File.Delete(_lock.Name);
        _lock.Dispose();
        try
        {
            Directory.Delete(Path);
        }
        catch (IOException)
        {
            // Another run looked in just now and has made a lock of its own: it deletes the rest.
        }
    }

    public void Dispose() => _lock.Dispose();

    private static long SegmentBytes(string path)
    {
        try
        {
            return new DirectoryInfo(path).EnumerateFiles("*" + SegmentEnding).Sum(file => file.Length);
        }
        catch (IOException)
        {
            // Sent and deleted in the meantime.
            return 0;
        }
    }

    // The directories that have to be made for it, from below, and the one that these are in.
    private static IEnumerable<string> Ancestors(string path)
    {
        for (string? above = System.IO.Path.GetDirectoryName(path); above is not null; above = System.IO.Path.GetDirectoryName(above))
        {
            yield return above;
            if (Directory.Exists(above)) break;
        }
    }

    private static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        // Records are in it: for the owner alone, as log files are. One by one, because .NET gives the mode to the last directory only and the umask to those above.
        foreach (string missing in Ancestors(path).Prepend(path).Where(directory => !Directory.Exists(directory)).Reverse()) Directory.CreateDirectory(missing, OwnerOnly);
    }

    private static bool TryLock(string path, [NotNullWhen(true)] out FileStream? held)
    {
        held = null;
        try
        {
            held = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            // Deleted between being opened and locked, it locks nothing.
            if (File.Exists(held.Name)) return true;
            held.Dispose();
            held = null;
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Held by another, or gone, or not ours to touch.
            return false;
        }
    }
}
