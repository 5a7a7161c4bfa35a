using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using EzAudit.Spooling.Entries;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace EzAudit.Spooling;

/// <summary>
/// The directory of one run of a target: <c>SpoolDir/TIME-RANDOM</c>. The holder of its lock owns it. When a process ends, its lock becomes
/// free, and the next run sends what is left. No two runs write to the same file, even after a reload or in several processes.
/// </summary>
/// <remarks>Contains segments, which are named by the position of their first byte, the header, the cursor, and the lock.</remarks>
internal sealed class SpoolFolder : IDisposable
{
    private const string LockName = "lock";
    private const string CursorName = "cursor";
    private const string SegmentEnding = ".spool";
    private const int MaxAttempts = 10;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;
    private string[] _unsynced;

    private SpoolFolder(string path, SpoolHeader header, FileStream held, params string[] unsynced)
    {
        Path = path;
        Header = header;
        _lock = held;
        _unsynced = unsynced;
    }

    public string Path { get; }

    /// <summary>Where its records come from.</summary>
    public SpoolHeader Header { get; }

    public string CursorPath => System.IO.Path.Combine(Path, CursorName);

    /// <summary>Creates the directory of a new run.</summary>
    public static SpoolFolder Create(string spoolDirectory, SpoolHeader header)
    {
        for (int attempt = 1; ; attempt++)
        {
            long now = SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds();
            string path = System.IO.Path.Combine(spoolDirectory, string.Create(CultureInfo.InvariantCulture, $"{now:x12}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
            string[] unsynced = [path, .. Ancestors(path)];
            MakeDirectory(path);
            if (TryLock(path, out FileStream? held))
            {
                header.Write(path);
                return new SpoolFolder(path, header, held, unsynced);
            }
            // Another run took it for an abandoned directory and deleted it.
            if (attempt == MaxAttempts) throw new IOException($"{path}: could not lock the new spool directory, because another process holds it.");
        }
    }

    /// <summary>Takes over the oldest directory that no process holds.</summary>
    /// <param name="spoolDirectory">The directory of the target.</param>
    /// <param name="folder">The directory of the run.</param>
    /// <param name="onForeign">Called with each directory of another version, and with that version; they are left alone.</param>
    public static bool TryAdopt(string spoolDirectory, [NotNullWhen(true)] out SpoolFolder? folder, Action<string, string>? onForeign = null)
    {
        folder = null;
        if (!Directory.Exists(spoolDirectory)) return false;
        foreach (string path in Directory.EnumerateDirectories(spoolDirectory).Order(StringComparer.Ordinal))
        {
            // Anyone who created the directory or can write to it could make us send records that were never written.
            if (!IsOurs(path) || !TryLock(path, out FileStream? held)) continue;
            if (SpoolHeader.TryRead(path, out SpoolHeader? header, out string version) || SegmentsIn(path).Length == 0)
            {
                folder = new SpoolFolder(path, header ?? new SpoolHeader("", ""), held, path);
                return true;
            }
            held.Dispose();
            onForeign?.Invoke(path, version);
        }
        return false;
    }

    /// <summary>The total number of bytes that the target's other runs hold.</summary>
    /// <param name="foreign">The directories of other versions, which nothing will empty.</param>
    public long BytesOfOthers(IReadOnlyCollection<string> foreign) =>
        Directory.GetDirectories(System.IO.Path.GetDirectoryName(Path)!).Where(path => path != Path && !foreign.Contains(path)).Sum(SegmentBytes);

    public string SegmentPath(long start) => System.IO.Path.Combine(Path, start.ToString("x16", CultureInfo.InvariantCulture) + SegmentEnding);

    /// <summary>The start positions of the segments, in order.</summary>
    public long[] Segments() => SegmentsIn(Path);

    private static long[] SegmentsIn(string path) =>
    [
        .. Directory.EnumerateFiles(path, "*" + SegmentEnding)
            .Select(file => long.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long start) ? start : -1)
            .Where(start => start >= 0).Order(),
    ];

    /// <summary>Writes entries into the first segment of a new run and syncs them, for another run to send.</summary>
    public void Fill(IReadOnlyList<(long Number, byte[] Record)> entries)
    {
        string path = SegmentPath(0);
        using (SafeFileHandle segment = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            long position = 0;
            foreach (var (number, record) in entries)
            {
                byte[] entry = new byte[SpoolEntry.HeaderBytes + record.Length];
                SpoolEntry.Write(record, SpoolEntry.Checksum(record), entry);
                SpoolEntry.Complete(entry, number);
                RandomAccess.Write(segment, entry, position);
                position += entry.Length;
            }
            DiskSync.File(segment, path);
        }
        Sync();
    }

    /// <summary>Syncs the directory's entries to disk. The first time, also syncs the directory itself and any parents created for it.</summary>
    public void Sync()
    {
        foreach (string path in _unsynced) DiskSync.Directory(path);
        _unsynced = [Path];
    }

    /// <summary>Deletes the directory and its contents, once everything has been sent.</summary>
    public void Delete()
    {
        // Segments first, then the header and the cursor, and the lock last: if this process dies in between, nothing is sent again.
        foreach (long start in Segments()) File.Delete(SegmentPath(start));
        File.Delete(System.IO.Path.Combine(Path, SpoolHeader.FileName));
        File.Delete(CursorPath);
        File.Delete(_lock.Name);
        _lock.Dispose();
        try
        {
            Directory.Delete(Path);
        }
        catch (IOException)
        {
            // Another run has just looked in and made a lock of its own. It deletes the rest.
        }
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsOurs(string path) => !OperatingSystem.IsLinux() || Ownership.IsOwnDirectory(path);

    private static long SegmentBytes(string path)
    {
        try
        {
            return new DirectoryInfo(path).EnumerateFiles("*" + SegmentEnding).Sum(file => file.Length);
        }
        catch (IOException)
        {
            // It was sent and deleted in the meantime.
            return 0;
        }
    }

    // The missing parent directories, innermost first, and the first existing one.
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
        // Log directories are only for their owner. Created one by one, because .NET applies the mode only to the last directory and the umask to the others.
        foreach (string missing in Ancestors(path).Prepend(path).Where(directory => !Directory.Exists(directory)).Reverse()) Directory.CreateDirectory(missing, OwnerOnly);
    }

    private static bool TryLock(string path, [NotNullWhen(true)] out FileStream? held)
    {
        held = null;
        try
        {
            held = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            // A lock file that was deleted between opening and locking it protects nothing.
            if (File.Exists(held.Name)) return true;
            held.Dispose();
            held = null;
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process holds it, or it is gone, or it is not ours.
            return false;
        }
    }
}
