using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Rotating;

namespace EzAudit.Recovery;

/// <summary>
/// The files of one fallback file on disk. Files to recover are first renamed under the lease of their writers: from then on no process
/// writes to them, and new records that need a fallback start a new file.
/// </summary>
internal sealed class FallbackFiles : IDisposable
{
    /// <summary>The suffix of a file that is being recovered. No rotated file has it, and no reader finds such a file.</summary>
    public const string Taken = ".recovering";

    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(10);

    private readonly ILogDirectory _directory;
    private readonly string _name;
    private readonly IFileLock _lock;

    /// <exception cref="StorageException">Another process is recovering or compressing the files.</exception>
    public FallbackFiles(ILogDirectory directory, string name)
    {
        _directory = directory;
        _name = name;
        // The compressor's lock: the compressor would copy a file that is being taken, and its records would appear twice.
        _lock = directory.OpenLock(LockFiles.CompressionName(name));
        if (_lock.TryLock()) return;
        _lock.Dispose();
        string path = Path.Combine(directory.Path, name);
        throw new StorageException(AuditWriteStage.Lock, path, 0, "", $"{path}: another process is recovering or compressing its files. Try again when it has finished.");
    }

    /// <summary>The number of bytes to recover, taken or not.</summary>
    public static long LengthOf(string directory, string name)
    {
        string parent = Path.GetDirectoryName(Path.Combine(directory, name))!;
        if (!Directory.Exists(parent)) return 0;
        return Directory.EnumerateFiles(parent).Where(path => IsOurs(name, Path.GetFileName(path))).Sum(path => new FileInfo(path).Length);
    }

    /// <summary>Files that an earlier recovery took but did not finish.</summary>
    public IReadOnlyList<string> TakenBefore() =>
        [.. Siblings().Where(sibling => sibling.EndsWith(Taken, StringComparison.Ordinal) && IsOurs(_name, Path.GetFileName(sibling))).Order(StringComparer.Ordinal)];

    /// <summary>Takes all existing files and returns their new names, oldest first. Files taken before must be finished first.</summary>
    public IReadOnlyList<string> Take(RotationNaming naming)
    {
        using var lease = new FileLease(_directory, _name);
        lease.Take(LeaseTimeout);
        List<string> names = [.. RotatedName.FromNewest(RotatedName.List(_directory, _name), naming).Select(rotated => rotated.ToString()).Reverse()];
        if (_directory.Identify(_name) is not null) names.Add(_name);
        // A cursor whose file is gone, left by an interrupted recovery, would be taken for that of the next file with its name.
        foreach (string cursor in Siblings().Where(sibling => sibling.EndsWith(ImportCursor.NameOf(Taken), StringComparison.Ordinal) && IsOurs(_name, Path.GetFileName(ImportCursor.FileOf(sibling)))))
            _directory.Delete(cursor);
        foreach (string name in names) _directory.Rename(name, name + Taken);
        // Flushed before the first record: else a power failure would restore the old names, and the records would be read again.
        if (names.Count > 0) _directory.Sync(_name);
        lease.Release();
        return [.. names.Select(name => name + Taken)];
    }

    public void Dispose()
    {
        _lock.Unlock();
        _lock.Dispose();
    }

    private IEnumerable<string> Siblings()
    {
        string parent = _name.LastIndexOf('/') is var slash and >= 0 ? _name[..(slash + 1)] : "";
        return _directory.ListSiblings(_name).Select(sibling => parent + sibling);
    }

    private static bool IsOurs(string name, string sibling)
    {
        string original = sibling.EndsWith(Taken, StringComparison.Ordinal) ? sibling[..^Taken.Length] : sibling;
        return original == Path.GetFileName(name) || RotatedName.TryParse(name, original, out _);
    }
}
