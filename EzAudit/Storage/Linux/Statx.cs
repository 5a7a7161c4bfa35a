using System.Runtime.InteropServices;
using EzAudit.Records;
using EzAudit.Settings.Sources;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace EzAudit.Storage.Linux;

/// <summary>The status of a file, as statx(2) returns it; the layout, unlike that of stat(2), is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    public const int AtFileDescriptorCwd = -100;
    public const int NoFollow = 0x100;
    public const int EmptyPath = 0x1000;

    /// <summary>Everything but what some file systems must look up elsewhere, and the time of creation.</summary>
    public const uint Wanted = 0xfff;

    private const ushort TypeMask = 0xf000;
    private const ushort RegularFile = 0x8000;
    private const ushort Directory = 0x4000;

    [FieldOffset(16)] public uint Links;
    [FieldOffset(20)] public uint UserId;
    [FieldOffset(24)] public uint GroupId;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public ulong Size;
    [FieldOffset(80)] public long CreatedSeconds;
    [FieldOffset(88)] public uint CreatedNanoseconds;
    [FieldOffset(96)] public long ChangedSeconds;
    [FieldOffset(104)] public uint ChangedNanoseconds;
    [FieldOffset(112)] public long ModifiedSeconds;
    [FieldOffset(120)] public uint ModifiedNanoseconds;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    /// <summary>The status of an open file, so that the file checked is the file used.</summary>
    public static Statx Of(SafeFileHandle file, string path)
    {
        Errno.ThrowIfFailed(Libc.Statx(file, "", EmptyPath, Wanted, out Statx status), AuditWriteStage.Open, path);
        return status;
    }

    /// <summary>The status of the file that a path leads to, through links and without opening it; false if there is none, or on other systems.</summary>
    public static bool TryOf(string path, out Statx status)
    {
        status = default;
        return OperatingSystem.IsLinux() && Libc.Statx(AtFileDescriptorCwd, path, 0, Wanted, out status) == 0;
    }

    /// <summary>Whether a pipe, a socket or a device is at the path: opening one may block.</summary>
    public static bool IsSpecialFile(string path) => TryOf(path, out Statx status) && !status.IsRegularFile && !status.IsDirectory;

    /// <summary>Identifies the file and its state; <see langword="null"/> if there is none.</summary>
    public static FileLook? Look(string path) => TryOf(path, out Statx status)
        ? new FileLook(
            status.Identity.Device, status.Inode,
            Nanoseconds(status.ChangedSeconds, status.ChangedNanoseconds), Nanoseconds(status.ModifiedSeconds, status.ModifiedNanoseconds), status.Size)
        : null;

    /// <summary>The same text for every path to the same directory, regardless of links and mounts. The directory need not exist yet.</summary>
    public static string PlaceOf(string directory)
    {
        for (string? level = directory; level is not null; level = Path.GetDirectoryName(level))
        {
            if (TryOf(level, out Statx status)) return $"{status.DeviceMajor}:{status.DeviceMinor}:{status.Inode}/{Path.GetRelativePath(level, directory)}";
        }
        return directory;
    }

    public readonly bool IsRegularFile => (Mode & TypeMask) == RegularFile;

    public readonly bool IsDirectory => (Mode & TypeMask) == Directory;

    public readonly FileIdentity Identity => new(((ulong)DeviceMajor << 32) | DeviceMinor, Inode, (long)Size, IsRegularFile, Modified)
    {
        Links = Links,
        Created = unchecked((CreatedSeconds * 1_000_000_000) + CreatedNanoseconds),
    };

    private static Int128 Nanoseconds(long seconds, uint nanoseconds) => ((Int128)seconds * 1_000_000_000) + nanoseconds;

    // A file system can hold any 64 bits, but NodaTime ends with the year 9999.
    private readonly Instant Modified =>
        Instant.FromUnixTimeSeconds(Math.Clamp(ModifiedSeconds, NodaConstants.BclEpoch.ToUnixTimeSeconds(), Instant.MaxValue.ToUnixTimeSeconds() - 1))
            .PlusNanoseconds(ModifiedNanoseconds);
}
