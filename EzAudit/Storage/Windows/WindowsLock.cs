using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Windows;

/// <summary>LockFileEx on a file of its own.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsLock(SafeFileHandle handle, string path) : IFileLock
{
    public bool TryLock()
    {
        var range = default(NativeOverlapped);
        bool ok = Kernel32.Lock(handle, Kernel32.LockExclusive | Kernel32.LockFailImmediately, 0, 1, 0, ref range);
        int error = Marshal.GetLastPInvokeError();
        if (ok) return true;
        return error is Kernel32.ErrorLockViolation or Kernel32.ErrorIoPending ? false : throw WindowsFailure.Of(AuditWriteStage.Lock, path, error);
    }

    public void Unlock()
    {
        var range = default(NativeOverlapped);
        bool ok = Kernel32.Unlock(handle, 0, 1, 0, ref range);
        int error = Marshal.GetLastPInvokeError();
        if (!ok) throw WindowsFailure.Of(AuditWriteStage.Lock, path, error);
    }

    public void Dispose() => handle.Dispose();
}
