namespace EzAudit.Storage;

/// <summary>Which file it is, whatever it is called, how long it is now, and whether it is a file at all.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Length, bool IsRegular)
{
    public bool IsSameFile(FileIdentity other) => Device == other.Device && Inode == other.Inode;
}
