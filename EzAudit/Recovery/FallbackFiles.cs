using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Rotating;

namespace EzAudit.Recovery;

/// <summary>
/// The files of one fallback file on disk. What is recovered is renamed first, under the lease of its writers: from then on nobody
/// writes to it, and new records that need a fallback begin a new file.
/// </summary>
internal sealed class FallbackFiles : IDisposable
{
    /// <summary>Behind the name of a file that is being recovered. No rotated file is called so, and no reading finds it.</summary>
    public const string Taken = ".recovering";

    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(10);

    private readonly ILogDirectory _directory;
    private readonly string _name;
    private readonly IFileLock _lock;

    /// <exception cref="StorageException">Another process recovers or compresses its files.</exception>
    public FallbackFiles(ILogDirectory directory, string name)
    {
        _directory = directory;
        _name = name;
        // The compressor's: it would make a copy of a file that is taken from under it, and its records would come twice.
        _lock = directory.OpenLock(LockFiles.CompressionName(name));
        if (_lock.TryLock()) return;
        _lock.Dispose();
        string path = Path.Combine(directory.Path, name);
        throw new StorageException(AuditWriteStage.Lock, path, 0, "", $"{path}: another process is recovering or compressing its files. Try again when it has finished.");
    }

    /// <summary>How many bytes there are to recover, taken or not.</summary>
    public static long LengthOf(string directory, string name)
    {
        string parent = Path.GetDirectoryName(Path.Combine(directory, name))!;
        if (!Directory.Exists(parent)) return 0;
        return Directory.EnumerateFiles(parent).Where(path => IsOurs(name, Path.GetFileName(path))).Sum(path => new FileInfo(path).Length);
    }

    /// <summary>Files that an earlier recovery took and did not finish.</summary>
    public IReadOnlyList<string> TakenBefore() =>
        [.. Siblings().Where(sibling => sibling.EndsWith(Taken, StringComparison.Ordinal) && IsOurs(_name, Path.GetFileName(sibling))).Order(StringComparer.Ordinal)];

    /// <summary>Takes all files that are there, and gives their new names from the oldest to the newest. Those taken before have to be done with.</summary>
    public IReadOnlyList<string> Take(RotationNaming naming)
    {
        using var lease = new FileLease(
            _directory.OpenLock(LockFiles.TurnstileName(_name)), _directory.OpenLock(LockFiles.LeaseName(_name)), Path.Combine(_directory.Path, _name));
        lease.Take(LeaseTimeout);
        List<string> names = [.. RotatedName.FromNewest(RotatedName.List(_directory, _name), naming).Select(rotated => rotated.ToString()).Reverse()];
        if (_directory.Identify(_name) is not null) names.Add(_name);
        // One whose file is gone, left by a stop in between: it would be taken for that of the next file of its name.
        foreach (string cursor in Siblings().Where(sibling => sibling.EndsWith(ImportCursor.NameOf(Taken), StringComparison.Ordinal) && IsOurs(_name, Path.GetFileName(ImportCursor.FileOf(sibling)))))
            _directory.Delete(cursor);
        foreach (string name in names) _directory.Rename(name, name + Taken);
        // On disk before the first record is: else a power cut would bring the old names back, and the records would be read anew.
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
