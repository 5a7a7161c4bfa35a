using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>A log file opened with O_APPEND.</summary>
internal sealed class LinuxFile(SafeFileHandle handle, string path) : IAppendFile
{
    private readonly int _descriptor = (int)handle.DangerousGetHandle();

    public FileIdentity Identify() => Statx.Of(handle, path).Identity;

    public FileIdentity Measure() => Statx.Of(handle, path, Statx.WithoutTimes).Identity;

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
                if (errno != Errno.EINTR) throw Errno.Failure(AuditWriteStage.Write, path, errno);
            }
        }
    }

    // Does not wait, so the caller can work while the disk does. The sync reports what fails on the disk, but not what fails here.
    public void BeginSync()
    {
        if (Libc.BeginSync(handle, 0, 0, Libc.BeginWriting) == 0) return;
        int errno = Marshal.GetLastPInvokeError();
        if (errno is not (Errno.ENOSYS or Errno.EPERM or Errno.EINVAL or Errno.EINTR)) throw Errno.Failure(AuditWriteStage.Sync, path, errno, mayBeStored: true);
    }

    // Not FileStream.Flush(true): on .NET 10.0.12 it returns normally when fsync fails (one of our tests watches this).
    public void Sync()
    {
        while (Libc.SyncData(handle) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR) throw Errno.Failure(AuditWriteStage.Sync, path, errno, mayBeStored: true);
        }
    }

    /// <summary>Overwrites bytes of a file that was opened without O_APPEND.</summary>
    public unsafe void Overwrite(long offset, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint written = Libc.WriteAt(handle, start + done, (nuint)(bytes.Length - done), offset + done);
                int errno = Marshal.GetLastPInvokeError();
                if (written > 0) done += (int)written;
                else if (written == 0 || errno != Errno.EINTR) throw Errno.Failure(AuditWriteStage.Write, path, errno, mayBeStored: true);
            }
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
                else if (errno != Errno.EINTR) throw Errno.Failure(AuditWriteStage.Open, path, errno);
            }
        }
        return total;
    }

    public void Dispose() => handle.Dispose();
}

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
        return errno is Errno.EAGAIN or Errno.EINTR ? false : throw Errno.Failure(AuditWriteStage.Lock, path, errno);
    }

    public void Unlock() => Errno.ThrowIfFailed(Libc.Lock(handle, Free), AuditWriteStage.Lock, path);

    public void Dispose() => handle.Dispose();
}
