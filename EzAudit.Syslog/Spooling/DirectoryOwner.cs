using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EzAudit.Syslog.Spooling;

/// <summary>Checks that a directory belongs to this process's user and no one else can write to it. .NET does not expose the owners of files.</summary>
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

    /// <summary>Whether the path is a directory, not a link, of this user that neither group nor others can write to. Always true outside Linux, where this is unknown.</summary>
    public static bool IsOurs(string path) => !OperatingSystem.IsLinux() || IsOursOnLinux(path);

    [SupportedOSPlatform("linux")]
    private static bool IsOursOnLinux(string path)
    {
        Span<byte> status = stackalloc byte[Size];
        if (Statx(CurrentDirectory, path, NoFollow, BasicStats, ref MemoryMarshal.GetReference(status)) != 0) return false;
        int mode = MemoryMarshal.Read<ushort>(status[ModeOffset..]);
        return (mode & TypeMask) == Directory && (mode & WritableByOthers) == 0 && MemoryMarshal.Read<uint>(status[UserIdOffset..]) == EffectiveUserId();
    }

    // This structure is the same on all architectures, unlike that of stat.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUserId();
}
