using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Syslog.Spooling;

/// <summary>Puts files and directories on disk. .NET cannot: its sync of a file returns normally when it fails, and for a directory it has none.</summary>
internal static partial class DiskSync
{
    private const int OpenReadOnlyCloseOnExec = 0x80000;
    private const int Interrupted = 4;

    /// <exception cref="IOException">It is not on disk.</exception>
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

    /// <summary>Puts the entries of a directory on disk. Where the system is not Linux it has to see to that itself.</summary>
    /// <exception cref="IOException">They are not.</exception>
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
