using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>flock(2) on a separate file: a lock on the log file itself would block every reader that opens it with .NET.</summary>
internal sealed class LinuxLock(SafeFileHandle handle, string path) : IFileLock
{
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int Free = 8;

    public bool TryLock()
    {
        int result = Libc.Lock(handle, Exclusive | NonBlocking);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return true;
        return errno is Errno.EAGAIN or Errno.EINTR ? false : throw LinuxFailure.Of(AuditWriteStage.Lock, path, errno);
    }

    public void Unlock()
    {
        int result = Libc.Lock(handle, Free);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Lock, path, errno);
    }

    public void Dispose() => handle.Dispose();
}
