using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Syslog.Spooling;

/// <summary>Syncs files and directories to disk. .NET cannot: its file sync returns normally when it fails, and it has none for directories.</summary>
internal static partial class DiskSync
{
    private const int OpenReadOnlyCloseOnExec = 0x80000;
    private const int Interrupted = 4;

    /// <exception cref="IOException">The file could not be synced.</exception>
    public static void File(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!FlushFileBuffers(file)) throw Failure(path, Marshal.GetLastPInvokeError());
            return;
        }
        while (Sync(file) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Interrupted) throw Failure(path, errno);
        }
    }

    /// <summary>Syncs the entries of a directory to disk. Outside Linux this is left to the system.</summary>
    /// <exception cref="IOException">The directory could not be synced.</exception>
    public static void Directory(string path)
    {
        if (!OperatingSystem.IsLinux()) return;
        int descriptor = Open(path, OpenReadOnlyCloseOnExec, 0);
        if (descriptor < 0) throw Failure(path, Marshal.GetLastPInvokeError());
        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Sync(directory) != 0) throw Failure(path, Marshal.GetLastPInvokeError());
    }

    private static IOException Failure(string path, int errno) => new($"{path}: could not be synced to disk: {Marshal.GetPInvokeErrorMessage(errno)}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(SafeFileHandle file);
}
