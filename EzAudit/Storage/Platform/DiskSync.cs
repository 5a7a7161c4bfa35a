using System.Runtime.InteropServices;
using EzAudit.Records;
using EzAudit.Storage.Linux;
using EzAudit.Storage.MacOS;
using EzAudit.Storage.Windows;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Platform;

/// <summary>Syncs files and directories that are not log files to disk. .NET cannot: its file sync returns normally when it fails, and it has none for directories.</summary>
internal static class DiskSync
{
    private static readonly int Flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec;

    /// <exception cref="StorageException">The file could not be synced.</exception>
    public static void File(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows()) Kernel32.ThrowIfFailed(Kernel32.Flush(file), AuditWriteStage.Sync, path, mayBeStored: true);
        else if (OperatingSystem.IsMacOS()) LibSystem.ThrowIfFailed(LibSystem.Control(file, LibSystem.FullSync), AuditWriteStage.Sync, path, mayBeStored: true);
        else SyncOnLinux(file, path);
    }

    /// <summary>Syncs the entries of a directory to disk. Outside Linux this is left to the system.</summary>
    /// <exception cref="StorageException">The directory could not be synced.</exception>
    public static void Directory(string path)
    {
        if (!OperatingSystem.IsLinux()) return;
        int descriptor = Libc.Open(path, Flags, 0);
        int errno = Marshal.GetLastPInvokeError();
        if (descriptor < 0) throw Errno.Failure(AuditWriteStage.Sync, path, errno);
        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        SyncOnLinux(directory, path);
    }

    private static void SyncOnLinux(SafeFileHandle file, string path)
    {
        while (Libc.Sync(file) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR) throw Errno.Failure(AuditWriteStage.Sync, path, errno, mayBeStored: true);
        }
    }
}
