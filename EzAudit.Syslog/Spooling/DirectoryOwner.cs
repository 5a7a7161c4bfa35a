using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EzAudit.Syslog.Spooling;

/// <summary>Tells whether a directory is this process's own, to which nobody else can write: .NET does not know the owners of files.</summary>
internal static partial class DirectoryOwner
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const int Size = 256;
    private const int UserIdOffset = 20;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xf000;
    private const int Directory = 0x4000;
    private const int WritableByOthers = 0x12;

    /// <summary>Whether it is a directory, no link, of this user, and neither group nor others can write to it. Where the system is not Linux, nothing is known and it is taken for ours.</summary>
    public static bool IsOurs(string path) => !OperatingSystem.IsLinux() || IsOursOnLinux(path);

    [SupportedOSPlatform("linux")]
    private static bool IsOursOnLinux(string path)
    {
        Span<byte> status = stackalloc byte[Size];
        if (Statx(CurrentDirectory, path, NoFollow, BasicStats, ref MemoryMarshal.GetReference(status)) != 0) return false;
        int mode = MemoryMarshal.Read<ushort>(status[ModeOffset..]);
        return (mode & TypeMask) == Directory && (mode & WritableByOthers) == 0 && MemoryMarshal.Read<uint>(status[UserIdOffset..]) == EffectiveUserId();
    }

    // The structure is the same on all architectures, which that of stat is not.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUserId();
}
