using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>A log file opened with O_APPEND.</summary>
internal sealed class LinuxFile(SafeFileHandle handle, string path) : IAppendFile
{
    private readonly int _descriptor = (int)handle.DangerousGetHandle();

    public FileIdentity Identify()
    {
        int result = Libc.Statx(handle, "", Statx.EmptyPath, Statx.BasicStats, out Statx status);
        int errno = Marshal.GetLastPInvokeError();
        return result == 0 ? status.Identity : throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
    }

    // Uses the bare descriptor: the only writer is also the one that closes the file, and reference counting costs as much as formatting a field.
    public unsafe int Append(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                nint written = Libc.Write(_descriptor, start, (nuint)bytes.Length);
                int errno = written < 0 ? Marshal.GetLastSystemError() : 0;
                GC.KeepAlive(handle);
                if (written >= 0) return (int)written;
                if (errno != Errno.EINTR) throw LinuxFailure.Of(AuditWriteStage.Write, path, errno);
            }
        }
    }

    // Not FileStream.Flush(true): on .NET 10.0.12 it returns normally when fsync fails (one of our tests watches this).
    public void Sync()
    {
        while (Libc.SyncData(handle) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR) throw LinuxFailure.Of(AuditWriteStage.Sync, path, errno, mayBeStored: true);
        }
    }

    public unsafe int Read(Span<byte> buffer, long offset)
    {
        int total = 0;
        fixed (byte* start = buffer)
        {
            while (total < buffer.Length)
            {
                nint count = Libc.ReadAt(handle, start + total, (nuint)(buffer.Length - total), offset + total);
                int errno = Marshal.GetLastPInvokeError();
                if (count == 0) break;
                if (count > 0) total += (int)count;
                else if (errno != Errno.EINTR) throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
            }
        }
        return total;
    }

    public void Dispose() => handle.Dispose();
}
