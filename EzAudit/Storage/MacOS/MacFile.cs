using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.MacOS;

/// <summary>A log file opened with O_APPEND on macOS.</summary>
[SupportedOSPlatform("macos")]
internal sealed class MacFile(SafeFileHandle handle, string path) : IAppendFile
{
    private const int Interrupted = 4;

    public FileIdentity Identify() => MacDirectory.Identify(handle);

    public unsafe int Append(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                nint written = LibSystem.Write(handle, start, (nuint)bytes.Length);
                int errno = Marshal.GetLastPInvokeError();
                if (written >= 0) return (int)written;
                if (errno != Interrupted) throw MacFailure.Of(AuditWriteStage.Write, path, errno);
            }
        }
    }

    public void Sync() => MacFailure.ThrowIfFailed(LibSystem.Control(handle, LibSystem.FullSync), AuditWriteStage.Sync, path, mayBeStored: true);

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

    public void Dispose() => handle.Dispose();
}

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

    public void Unlock() => MacFailure.ThrowIfFailed(LibSystem.Lock(handle, Free), AuditWriteStage.Lock, path);

    public void Dispose() => handle.Dispose();
}
