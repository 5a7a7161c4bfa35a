using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Tests.Faults.Memory;

/// <summary>A lock on a <see cref="MemoryDisk"/> that works like flock: held by an open file, and released when that closes.</summary>
internal sealed class MemoryLock(MemoryDisk disk, MemoryInode inode) : IFileLock
{
    private bool _isHeld;

    public bool TryLock() => disk.Call(AuditWriteStage.Lock, _ =>
    {
        if (inode.IsLocked && !_isHeld) return false;
        return _isHeld = inode.IsLocked = true;
    });

    // Unlocking and closing do not fail on Linux.
    public void Unlock()
    {
        if (!_isHeld) return;
        _isHeld = false;
        inode.IsLocked = false;
    }

    public void Dispose() => Unlock();
}
