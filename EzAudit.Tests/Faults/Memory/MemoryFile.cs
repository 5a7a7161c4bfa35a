using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Tests.Faults.Memory;

/// <summary>An open log file on a <see cref="MemoryDisk"/>.</summary>
internal sealed class MemoryFile(MemoryDisk disk, MemoryInode inode) : IAppendFile
{
    private int _failuresHeardOf = inode.Failures;
    private bool _isPoisoned;

    public FileIdentity Identify() => disk.Call(AuditWriteStage.Open, _ => new FileIdentity(1, inode.Number, inode.Length, IsRegular: true));

    public int Append(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        return disk.Call(AuditWriteStage.Write, isShort =>
        {
            int count = isShort ? copy.Length / 2 : copy.Length;
            inode.Append(copy.AsSpan(0, count));
            return count;
        });
    }

    public void Sync() => disk.Call(
        AuditWriteStage.Sync,
        _ =>
        {
            Assert.IsFalse(_isPoisoned, "A file whose sync failed was synced again.");
            // The rest may be written, which does not make up for what another descriptor's failed sync dropped.
            inode.Sync();
            if (_failuresHeardOf == inode.Failures) return 0;
            _failuresHeardOf = inode.Failures;
            _isPoisoned = true;
            throw new StorageException(AuditWriteStage.Sync, "memory", 5, "EIO", "memory: input/output error (EIO).", mayBeStored: true);
        },
        onError: () =>
        {
            _isPoisoned = true;
            inode.Drop();
        });

    public int Read(Span<byte> buffer, long offset)
    {
        byte[] copy = new byte[buffer.Length];
        int count = disk.Call(AuditWriteStage.Open, _ => inode.Read(copy, offset));
        copy.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public void Dispose()
    {
    }
}
