using System.IO.Compression;
using System.Runtime.ExceptionServices;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Storage.Rotating;

/// <summary>
/// Replaces rotated files by compressed ones, one process at a time. An original goes only when a copy that was read back and found
/// equal is on disk under its own name.
/// </summary>
/// <remarks>
/// The long work is done beside the writers, under a lock of its own. Only names are changed under the file's lease, which rotation
/// and retention hold as well; what they renamed or deleted meanwhile is found by what the file is, not by what it was called.
/// The log directory must not be one that a <c>LogFile</c> reopens.
/// </remarks>
internal sealed class RotatedFileCompressor(ILogDirectory directory, Action<LogFileChange> notify)
{
    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Compresses every rotated file that is not yet compressed; nothing when another process is at it.</summary>
    /// <exception cref="IOException">A file could not be compressed; no record is lost, and the next call begins anew.</exception>
    public void CompressPending(string name)
    {
        string copyName = LockFiles.CopyName(name);
        if (directory.Identify(copyName) is null && RotatedName.List(directory, name).All(file => file.IsCompressed)) return;
        using IFileLock single = directory.OpenLock(LockFiles.CompressionName(name));
        if (!single.TryLock()) return;
        try
        {
            // Half a copy, of a process that was stopped.
            if (directory.Identify(copyName) is not null) directory.Delete(copyName);
            CompressAll(name, copyName);
        }
        finally
        {
            single.Unlock();
        }
    }

    // A file that cannot be compressed does not keep the others from it.
    private void CompressAll(string name, string copyName)
    {
        Exception? first = null;
        var seen = new HashSet<(ulong, ulong)>();
        while (Next(name, seen) is { } source)
        {
            using (source)
            {
                FileIdentity identity = source.Identify();
                seen.Add((identity.Device, identity.Inode));
                try
                {
                    Compress(name, source, identity, copyName);
                }
                catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
                {
                    first ??= failure;
                    if (directory.Identify(copyName) is not null) directory.Delete(copyName);
                }
            }
        }
        if (first is not null) ExceptionDispatchInfo.Throw(first);
    }

    // Opened under the lease: between the look and the opening nobody takes the name away, so that opening does not make a file.
    private IAppendFile? Next(string name, HashSet<(ulong, ulong)> seen)
    {
        using FileLease lease = TakeLease(name);
        try
        {
            foreach (RotatedName file in RotatedName.List(directory, name))
            {
                if (file.IsCompressed || directory.Identify(file.ToString()) is not { IsRegular: true } identity) continue;
                if (!seen.Contains((identity.Device, identity.Inode))) return directory.OpenAppend(file.ToString());
            }
            return null;
        }
        finally
        {
            lease.Release();
        }
    }

    private void Compress(string name, IAppendFile source, FileIdentity identity, string copyName)
    {
        using (IAppendFile copy = directory.OpenAppend(copyName))
        {
            ContentDigest original = Write(source, copy, copyName);
            // The age of its records is what counts, not that of the copy.
            File.SetLastWriteTimeUtc(PathOf(copyName), identity.Modified.ToDateTimeUtc());
            copy.Sync();
            if (DigestOf(copy, copyName) != original) throw Damaged(copyName);
            identity = identity with { Length = original.Length };
        }
        Publish(name, identity, copyName);
    }

    private ContentDigest Write(IAppendFile source, IAppendFile copy, string copyName)
    {
        using var stream = new AppendFileStream(copy, PathOf(copyName));
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal);
        using var content = new AppendFileStream(source, directory.Path);
        return ContentDigest.Of(content, gzip);
    }

    private ContentDigest DigestOf(IAppendFile compressed, string compressedName)
    {
        using var stream = new AppendFileStream(compressed, PathOf(compressedName));
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        return ContentDigest.Of(gzip);
    }

    private void Publish(string name, FileIdentity source, string copyName)
    {
        using FileLease lease = TakeLease(name);
        try
        {
            RotatedName? original = Find(name, source);
            if (original is null)
            {
                directory.Delete(copyName);
                return;
            }
            RotatedName compressed = original with { IsCompressed = true };
            if (directory.Identify(compressed.ToString()) is null) directory.Rename(copyName, compressed.ToString());
            else if (HasSameContent(compressed, copyName)) directory.Delete(copyName);
            else throw Taken(compressed);
            directory.Sync(name);
            directory.Delete(original.ToString());
            notify(new LogFileChange(LogFileChangeKind.Compressed, original.ToString(), compressed.ToString()));
        }
        finally
        {
            lease.Release();
        }
    }

    // Gone where retention deleted it; longer where someone who knows no lease wrote on: then it waits for the next call.
    private RotatedName? Find(string name, FileIdentity source) => RotatedName.List(directory, name).FirstOrDefault(
        file => !file.IsCompressed && directory.Identify(file.ToString()) is { } identity && identity.IsSameFile(source) && identity.Length == source.Length);

    // Both are there when a process was stopped before it deleted the original.
    private bool HasSameContent(RotatedName compressed, string copyName)
    {
        using IAppendFile one = directory.OpenAppend(compressed.ToString());
        using IAppendFile other = directory.OpenAppend(copyName);
        try
        {
            return DigestOf(one, compressed.ToString()) == DigestOf(other, copyName);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private FileLease TakeLease(string name)
    {
        var lease = new FileLease(directory.OpenLock(LockFiles.TurnstileName(name)), directory.OpenLock(LockFiles.LeaseName(name)), PathOf(name));
        try
        {
            lease.Take(LeaseTimeout);
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private StorageException Damaged(string copyName) =>
        new(AuditWriteStage.Rotate, PathOf(copyName), 0, "", $"{PathOf(copyName)}: found another content than that of the file it was made of, expected the same; the original stays.");

    private StorageException Taken(RotatedName compressed)
    {
        string path = PathOf(compressed.ToString());
        return new(AuditWriteStage.Rotate, path, 0, "", $"{path}: found another content than that of the file without .gz, expected the same or no such file; both stay.");
    }

    private string PathOf(string name) => Path.Combine(directory.Path, name);
}
