using NodaTime;

namespace EzAudit.Storage;

/// <summary>Identifies a file whatever its name is, with its length, type, and time of last write.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Length, bool IsRegular, Instant Modified = default)
{
    /// <summary>The number of hard links; 0 once the file is deleted.</summary>
    public uint Links { get; init; } = 1;

    public bool IsSameFile(FileIdentity other) => Device == other.Device && Inode == other.Inode;
}
