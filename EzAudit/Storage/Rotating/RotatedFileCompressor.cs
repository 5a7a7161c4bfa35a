using System.IO.Compression;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Storage.Rotating;

/// <summary>
/// Replaces rotated files with compressed ones, one process at a time. Deletes an original only when its copy was read back, found
/// equal, and is on disk under its final name.
/// </summary>
/// <remarks>
/// The long work runs in parallel with writers, under a lock of its own. Only renaming needs the file's lease, which rotation
/// and retention hold as well; files they renamed or deleted meanwhile are recognized by identity, not by name.
/// The log directory must not be shared with a <c>LogFile</c>, which reopens it.
/// </remarks>
internal sealed class RotatedFileCompressor(ILogDirectory directory, Action<LogFileChange> notify)
{
    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Compresses every rotated file that is not yet compressed; does nothing while another process is compressing.</summary>
    /// <exception cref="IOException">A file could not be compressed; no record is lost, and the next call starts over.</exception>
    public void CompressPending(string name)
    {
        string copyName = LockFiles.CopyName(name);
        if (directory.Identify(copyName) is null && RotatedName.List(directory, name).All(file => file.IsCompressed)) return;
        using IFileLock single = directory.OpenLock(LockFiles.CompressionName(name));
        if (!single.TryLock()) return;
        try
        {
            // A partial copy left by a process that was stopped.
            if (directory.Identify(copyName) is not null) directory.Delete(copyName);
            CompressAll(name, copyName);
        }
        finally
        {
            single.Unlock();
        }
    }

    // A file that cannot be compressed does not prevent the others from being compressed.
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

    // Opens the file under the lease, so that no other process can rename it in between and opening cannot create a new file.
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
            // Retention goes by the age of the records, not that of the copy.
            File.SetLastWriteTimeUtc(PathOf(copyName), identity.Modified.ToDateTimeUtc());
            copy.Sync();
            if (DigestOf(copy, copyName) != original) throw Damaged(copyName);
            identity = identity with { Length = original.Length };
        }
        Publish(name, identity, copyName);
    }

    private ContentDigest Write(IAppendFile source, IAppendFile copy, string copyName)
    {
        using var stream = new ContentStream(copy, PathOf(copyName));
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal);
        using var content = new ContentStream(source, directory.Path);
        return ContentDigest.Of(content, gzip);
    }

    private ContentDigest DigestOf(IAppendFile compressed, string compressedName)
    {
        using var stream = new ContentStream(compressed, PathOf(compressedName));
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

    // The file is missing if retention deleted it, and longer if a program without the lease appended to it; then it waits for the next call.
    private RotatedName? Find(string name, FileIdentity source) => RotatedName.List(directory, name).FirstOrDefault(
        file => !file.IsCompressed && directory.Identify(file.ToString()) is { } identity && identity.IsSameFile(source) && identity.Length == source.Length);

    // Both exist if a process was stopped before it deleted the original.
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
        var lease = new FileLease(directory, name);
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
        new(AuditWriteStage.Rotate, PathOf(copyName), "its content differs from that of the original, which stays.");

    private StorageException Taken(RotatedName compressed) =>
        new(AuditWriteStage.Rotate, PathOf(compressed.ToString()), "its content differs from that of the file without .gz; both stay.");

    private string PathOf(string name) => Path.Combine(directory.Path, name);
}

/// <summary>The length and SHA-256 of a content; two contents with equal digests are the same.</summary>
internal sealed record ContentDigest(long Length, string Sha256)
{
    private const int BufferSize = 128 << 10;

    /// <summary>Reads a stream to its end, optionally copying it.</summary>
    public static ContentDigest Of(Stream source, Stream? copy = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        long length = 0;
        int count;
        while ((count = source.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            copy?.Write(buffer, 0, count);
            length += count;
        }
        return new ContentDigest(length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
