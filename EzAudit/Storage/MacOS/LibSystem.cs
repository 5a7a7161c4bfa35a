using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.MacOS;

/// <summary>The macOS calls for which .NET has no exact equivalent.</summary>
[SupportedOSPlatform("macos")]
internal static partial class LibSystem
{
    public const int ReadWrite = 0x2;
    public const int Append = 0x8;
    public const int NoFollow = 0x100;
    public const int CloseOnExec = 0x1000000;
    public const int FullSync = 51;

    private const string Library = "libSystem.dylib";

    // open is variadic, and Apple's ARM passes variadic arguments differently: so never use O_CREAT, which needs a mode.
    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(SafeFileHandle file, byte* bytes, nuint count);

    // fcntl(F_FULLFSYNC) has no third argument, so it does not matter that it is variadic. fsync on macOS does not reach the disk.
    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, int command);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport(Library, EntryPoint = "renamex_np", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to, uint flags);

    /// <summary>Throws if a call has returned -1; error numbers differ from those of Linux. The call must be the first argument, so that no other call replaces its error.</summary>
    public static void ThrowIfFailed(int result, AuditWriteStage stage, string path, bool mayBeStored = false)
    {
        int errno = Marshal.GetLastPInvokeError();
        if (result == -1) throw Failure(stage, path, errno, mayBeStored);
    }

    public static StorageException Failure(AuditWriteStage stage, string path, int errno, bool mayBeStored = false) =>
        new(stage, path, errno, $"errno {errno}", $"{path}: {stage} failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).", mayBeStored);
}
