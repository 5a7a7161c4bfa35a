using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The Linux calls of the raw limit: plain descriptors and no errno, to keep everything else out of the measurement.</summary>
[SuppressMessage("Globalization", "CA2101:Specify marshaling for P/Invoke string arguments", Justification = "LibraryImport marshals as UTF-8.")]
internal static partial class Libc
{
    public const int AppendOnly = 0x1 | 0x40 | 0x400 | 0x80000; // O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "write")]
    public static unsafe partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "pwrite")]
    public static unsafe partial nint WriteAt(int descriptor, byte* bytes, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    public static partial int SyncRange(int descriptor, long offset, long count, uint flags);

    [LibraryImport("libc", EntryPoint = "fdatasync")]
    public static partial int SyncData(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs")]
    public static partial int SyncFileSystem(int descriptor);

    // Answered in user space within nanoseconds; a GC transition would cost more than the call.
    [LibraryImport("libc", EntryPoint = "time")]
    [SuppressGCTransition]
    public static partial nint Time(nint nowhere);
}
