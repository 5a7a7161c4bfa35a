using System.IO.Compression;
using EzAudit.Records;
using EzAudit.Storage.Content;
using EzAudit.Storage.Rotating;

namespace EzAudit.Storage.Rewriting;

/// <summary>Writes a copy of a compressed file with other bytes in some places. Used under the lock of the compressor, which removes a copy that is left behind.</summary>
internal sealed class CompressedCopy(ILogDirectory directory, string logFile)
{
    /// <summary>The name of the copy.</summary>
    public string Name { get; } = LockFiles.CopyName(logFile);

    /// <summary>Writes the copy, compares it with what it should be, and syncs it.</summary>
    /// <param name="name">The compressed file.</param>
    /// <param name="patches">The other bytes.</param>
    /// <returns>The identity of the copy.</returns>
    /// <exception cref="StorageException">The file is damaged, or the copy could not be written.</exception>
    public FileIdentity Write(string name, IReadOnlyList<FilePatch> patches)
    {
        Delete();
        FileIdentity source = directory.Identify(name) ?? throw new StorageException(AuditWriteStage.Open, PathOf(name), "it was removed while it was read.");
        using IAppendFile copy = directory.OpenAppend(Name);
        ContentDigest written = Write(name, patches, copy);
        // Retention goes by the age of the records, not that of the copy.
        File.SetLastWriteTimeUtc(PathOf(Name), source.Modified.ToDateTimeUtc());
        copy.Sync();
        if (DigestOf(copy) != written) throw new StorageException(AuditWriteStage.Write, PathOf(Name), "its content is not what was written; the original stays.");
        return copy.Identify();
    }

    /// <summary>Removes a copy that is left over.</summary>
    public void Delete()
    {
        if (directory.Identify(Name) is not null) directory.Delete(Name);
    }

    /// <summary>
    /// Removes the compressed file beside a plain one, which the compressor leaves if it is killed before it deletes the plain one. False if it is not the same.
    /// </summary>
    public bool TryRemoveTwinOf(string name)
    {
        string twin = name + ".gz";
        if (directory.Identify(twin) is null) return true;
        using var text = new GzipContent(PlainContent.Open(PathOf(twin)));
        using var compressed = new ContentStream(text);
        using PlainContent plain = PlainContent.Open(PathOf(name));
        using var original = new ContentStream(plain);
        if (ContentDigest.Of(compressed) != ContentDigest.Of(original) || text.Failure is not null) return false;
        directory.Delete(twin);
        directory.Sync(twin);
        return true;
    }

    private ContentDigest Write(string name, IReadOnlyList<FilePatch> patches, IAppendFile copy)
    {
        using var text = new GzipContent(PlainContent.Open(PathOf(name)));
        using var source = new ContentStream(new PatchedContent(text, patches));
        ContentDigest written;
        using (var stream = new ContentStream(copy, PathOf(Name)))
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            written = ContentDigest.Of(source, gzip);
        }
        return text.Failure is { } failure ? throw new StorageException(AuditWriteStage.Open, PathOf(name), $"found {failure}.") : written;
    }

    private ContentDigest DigestOf(IAppendFile copy)
    {
        using var stream = new ContentStream(copy, PathOf(Name));
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        return ContentDigest.Of(gzip);
    }

    private string PathOf(string name) => Path.Combine(directory.Path, name);
}
