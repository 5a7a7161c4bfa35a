using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>flock(2) on a file of its own: a lock on the log file itself would be in the way of every reader that opens it with .NET.</summary>
/// <remarks>
/// The file holds eight bytes, shared by all processes: the time at which somebody last said that it waits. So the holder sees
/// waiters without a call to the kernel. Who is killed while it waits leaves a time behind that grows old by itself.
/// </remarks>
internal sealed class LinuxLock : IFileLock
{
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int Free = 8;
    private const long WantedMs = 20;

    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _shared;
    private readonly unsafe long* _wantedAt;

    public unsafe LinuxLock(SafeFileHandle handle, string path)
    {
        _handle = handle;
        _path = path;
        try
        {
            _file = MemoryMappedFile.CreateFromFile(handle, null, sizeof(long), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _shared = _file.CreateViewAccessor(0, sizeof(long));
            byte* start = null;
            _shared.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            _wantedAt = (long*)start;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _file?.Dispose();
            throw new StorageException(AuditWriteStage.Lock, path, 0, "", $"{path}: found a lock file that cannot be shared, wanted one of eight bytes: {cause.Message}");
        }
    }

    // Nobody ever waits for most log files: their zero is seen without asking for the time.
    public unsafe bool IsWanted => Volatile.Read(ref *_wantedAt) is var at and not 0 && Environment.TickCount64 - at is >= 0 and < WantedMs;

    public unsafe void Want() => Volatile.Write(ref *_wantedAt, Environment.TickCount64);

    public bool TryLock()
    {
        int result = Libc.Lock(_handle, Exclusive | NonBlocking);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return true;
        return errno is Errno.EAGAIN or Errno.EINTR ? false : throw LinuxFailure.Of(AuditWriteStage.Lock, _path, errno);
    }

    public void Unlock()
    {
        int result = Libc.Lock(_handle, Free);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Lock, _path, errno);
    }

    public void Dispose()
    {
        _shared.SafeMemoryMappedViewHandle.ReleasePointer();
        _shared.Dispose();
        _file.Dispose();
        _handle.Dispose();
    }
}
