using NodaTime;

namespace EzAudit.Storage;

/// <summary>Which file it is, whatever it is called, how long it is now, whether it is a file at all, and when it was last written to.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Length, bool IsRegular, Instant Modified = default)
{
    /// <summary>How many names it has; none once it is deleted.</summary>
    public uint Links { get; init; } = 1;

    public bool IsSameFile(FileIdentity other) => Device == other.Device && Inode == other.Inode;
}
