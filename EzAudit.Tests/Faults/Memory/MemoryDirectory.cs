using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Tests.Faults.Memory;

/// <summary>A log directory on a <see cref="MemoryDisk"/>; several instances act as several processes.</summary>
internal sealed class MemoryDirectory(MemoryDisk disk) : ILogDirectory
{
    public string Path => "/memory";

    public IAppendFile OpenAppend(string name) => disk.Call(AuditWriteStage.Open, _ =>
    {
        MemoryInode? inode = disk.Find(name);
        return new MemoryFile(disk, inode ?? disk.Make(name));
    });

    public IReadFile? OpenRead(string name) => disk.Call(AuditWriteStage.Open, _ => disk.Find(name) is { } inode ? new MemoryFile(disk, inode) : null);

    public IFileLock OpenLock(string name) => disk.Call(AuditWriteStage.Open, _ => new MemoryLock(disk, disk.Find(name) ?? disk.Make(name)));

    public FileIdentity? Identify(string name) => disk.Call(
        AuditWriteStage.Open, _ => disk.Find(name) is { } inode ? new FileIdentity(1, inode.Number, inode.Length, IsRegular: true) : (FileIdentity?)null);

    public void Rename(string name, string newName) => disk.Call(AuditWriteStage.Rotate, _ =>
    {
        if (disk.Find(name) is null || disk.Find(newName) is not null)
            throw new StorageException(AuditWriteStage.Rotate, name, 17, "EEXIST", $"{name}: cannot be renamed to {newName}.");
        disk.Rename(name, newName);
        return 0;
    });

    public void Delete(string name) => disk.Call(AuditWriteStage.Rotate, _ =>
    {
        disk.Remove(name);
        return 0;
    });

    public void Overwrite(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        MemoryInode inode = disk.Call(AuditWriteStage.Open, _ => disk.Find(name) ?? throw new StorageException(AuditWriteStage.Open, name, 2, "ENOENT", $"{name}: does not exist."));
        disk.Call(AuditWriteStage.Write, isShort =>
        {
            inode.Overwrite(copy.AsSpan(0, isShort ? copy.Length / 2 : copy.Length), offset);
            return isShort ? throw new StorageException(AuditWriteStage.Write, name, 5, "EIO", $"{name}: input/output error (EIO).") : 0;
        });
        new MemoryFile(disk, inode).Sync();
    }

    public IReadOnlyList<string> ListSiblings(string name) => disk.Call<IReadOnlyList<string>>(
        AuditWriteStage.Rotate,
        _ => [.. disk.Names.Where(other => MemoryDisk.ParentOf(other) == MemoryDisk.ParentOf(name)).Select(other => other[(other.LastIndexOf('/') + 1)..])]);

    public void Sync(string name) => disk.Call(AuditWriteStage.Sync, _ =>
    {
        disk.SyncDirectory(MemoryDisk.ParentOf(name));
        return 0;
    });

    public void Reopen()
    {
    }

    public void Dispose()
    {
    }
}
