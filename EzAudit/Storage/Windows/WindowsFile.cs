using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Windows;

/// <summary>A log file opened only for appending: with FILE_APPEND_DATA but without FILE_WRITE_DATA, Windows ignores the position and writes at the end.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsFile(SafeFileHandle handle, string path) : IAppendFile
{
    public FileIdentity Identify()
    {
        WindowsFailure.ThrowIfFailed(Kernel32.GetInformation(handle, out FileInformation information), AuditWriteStage.Open, path);
        return information.Identity;
    }

    public unsafe int Append(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            WindowsFailure.ThrowIfFailed(Kernel32.Write(handle, start, (uint)bytes.Length, out uint written, 0), AuditWriteStage.Write, path);
            return (int)written;
        }
    }

    public void Sync() => WindowsFailure.ThrowIfFailed(Kernel32.Flush(handle), AuditWriteStage.Sync, path, mayBeStored: true);

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

    public void Dispose() => handle.Dispose();
}

/// <summary>LockFileEx on a separate file.</summary>
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
        WindowsFailure.ThrowIfFailed(Kernel32.Unlock(handle, 0, 1, 0, ref range), AuditWriteStage.Lock, path);
    }

    public void Dispose() => handle.Dispose();
}
