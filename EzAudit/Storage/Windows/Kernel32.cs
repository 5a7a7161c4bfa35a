using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace EzAudit.Storage.Windows;

/// <summary>The Windows calls for which .NET has no exact equivalent.</summary>
[SupportedOSPlatform("windows")]
internal static partial class Kernel32
{
    public const uint ReadData = 0x1;
    public const uint WriteData = 0x2;
    public const uint AppendData = 0x4;
    public const uint ReadAttributes = 0x80;
    public const uint Synchronize = 0x100000;
    public const uint ShareAll = 0x7;
    public const uint OpenExisting = 3;
    public const uint OpenAlways = 4;
    public const uint OpenReparsePoint = 0x00200000;
    public const uint LockExclusive = 2;
    public const uint LockFailImmediately = 1;
    public const int ErrorLockViolation = 33;
    public const int ErrorIoPending = 997;
    public const int ErrorFileNotFound = 2;
    public const int ErrorPathNotFound = 3;

    private const string Library = "kernel32.dll";

    [LibraryImport(Library, EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial SafeFileHandle CreateFile(
        string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport(Library, EntryPoint = "WriteFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static unsafe partial bool Write(SafeFileHandle file, byte* bytes, uint count, out uint written, nint overlapped);

    [LibraryImport(Library, EntryPoint = "FlushFileBuffers", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Flush(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "LockFileEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Lock(SafeFileHandle file, uint flags, uint reserved, uint low, uint high, ref NativeOverlapped overlapped);

    [LibraryImport(Library, EntryPoint = "UnlockFileEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Unlock(SafeFileHandle file, uint reserved, uint low, uint high, ref NativeOverlapped overlapped);

    [LibraryImport(Library, EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetInformation(SafeFileHandle file, out FileInformation information);

    /// <summary>Throws if a call has failed. The call must be the first argument, so that no other call replaces its error.</summary>
    public static void ThrowIfFailed(bool ok, AuditWriteStage stage, string path, bool mayBeStored = false)
    {
        int error = Marshal.GetLastPInvokeError();
        if (!ok) throw Failure(stage, path, error, mayBeStored);
    }

    public static StorageException Failure(AuditWriteStage stage, string path, int error, bool mayBeStored = false) =>
        new(
            stage, path, error, "WIN32_" + error.ToString(CultureInfo.InvariantCulture),
            $"{path}: {stage} failed: {new Win32Exception(error).Message} (error {error}).", mayBeStored);

    public static StorageException Failure(AuditWriteStage stage, string path, Exception cause) =>
        new(stage, path, cause.HResult & 0xffff, "WIN32_" + (cause.HResult & 0xffff).ToString(CultureInfo.InvariantCulture), $"{path}: {stage} failed: {cause.Message}");
}

/// <summary>The Windows structure BY_HANDLE_FILE_INFORMATION.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct FileInformation
{
    public const uint DirectoryAttribute = 0x10;
    public const uint ReparsePointAttribute = 0x400;

    public uint Attributes;
    public long CreationTime;
    public long LastAccessTime;
    public long LastWriteTime;
    public uint VolumeSerial;
    public uint SizeHigh;
    public uint SizeLow;
    public uint Links;
    public uint IndexHigh;
    public uint IndexLow;

    public readonly FileIdentity Identity =>
        new(VolumeSerial, ((ulong)IndexHigh << 32) | IndexLow, ((long)SizeHigh << 32) | SizeLow, (Attributes & DirectoryAttribute) == 0,
            Instant.FromDateTimeUtc(DateTime.FromFileTimeUtc(LastWriteTime)));
}
