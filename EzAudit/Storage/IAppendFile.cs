using NodaTime;

namespace EzAudit.Storage;

/// <summary>An open log file. It can only grow; it never seeks, truncates or overwrites. Not thread-safe, except for <see cref="Sync"/>.</summary>
internal interface IAppendFile : IDisposable
{
    FileIdentity Identify();

    /// <summary>Hands bytes to the operating system in one call, at the current end of the file.</summary>
    /// <returns>The number of bytes written; fewer than given means that the file now ends with a torn piece.</returns>
    int Append(ReadOnlySpan<byte> bytes);

    /// <summary>Syncs everything appended before the call. After a failure the file must not be synced again: the kernel has
    /// dropped the pages that it could not write and would report success.</summary>
    void Sync();

    /// <summary>Fills the buffer from an offset; returns the number of bytes read.</summary>
    int Read(Span<byte> buffer, long offset);
}

/// <summary>Identifies a file whatever its name is, with its length, type, and time of last write.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Length, bool IsRegular, Instant Modified = default)
{
    /// <summary>The number of hard links; 0 once the file is deleted.</summary>
    public uint Links { get; init; } = 1;

    public bool IsSameFile(FileIdentity other) => Device == other.Device && Inode == other.Inode;
}
