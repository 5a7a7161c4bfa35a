using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.MacOS;

/// <summary>flock(2) on a separate file.</summary>
[SupportedOSPlatform("macos")]
internal sealed class MacLock(SafeFileHandle handle, string path) : IFileLock
{
    private const int ExclusiveNonBlocking = 6;
    private const int Free = 8;
    private const int Interrupted = 4;
    private const int WouldBlock = 35;

    public bool TryLock()
    {
        int result = LibSystem.Lock(handle, ExclusiveNonBlocking);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return true;
        return errno is WouldBlock or Interrupted ? false : throw MacFailure.Of(AuditWriteStage.Lock, path, errno);
    }

    public void Unlock()
    {
        int result = LibSystem.Lock(handle, Free);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw MacFailure.Of(AuditWriteStage.Lock, path, errno);
    }

    public void Dispose() => handle.Dispose();
}
