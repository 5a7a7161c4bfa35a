using System.Runtime.InteropServices;

namespace EzAudit.Storage.Linux;

/// <summary>What openat2(2) is told.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    public const nint SystemCall = 437;
    public const nint Size = 24;
    public const ulong ResolveNoMagicLinks = 0x02;
    public const ulong ResolveNoSymlinks = 0x04;
    public const ulong ResolveBeneath = 0x08;

    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}
