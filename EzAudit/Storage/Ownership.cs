using System.Runtime.Versioning;
using EzAudit.Storage.Linux;

namespace EzAudit.Storage;

/// <summary>Whose a file or directory is, and who may do what to it.</summary>
internal readonly record struct Ownership(uint UserId, UnixFileMode Mode)
{
    private const uint ModeBits = 0xfff;

    private const uint Root = 0;

    /// <summary>The user as whom this process writes.</summary>
    [SupportedOSPlatform("linux")]
    public static uint OwnUserId => Libc.EffectiveUserId();

    /// <summary>Whether its owner is this process's user or root.</summary>
    [SupportedOSPlatform("linux")]
    public bool IsTrusted => UserId == Root || UserId == OwnUserId;

    /// <summary>Whether any user may put other files into it, or other bytes.</summary>
    public bool IsOpenToAll => (Mode & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) == UnixFileMode.OtherWrite;

    /// <summary>The permission bits in octal, as <c>chmod</c> takes them.</summary>
    public string Octal => Convert.ToString((int)Mode, 8).PadLeft(4, '0');

    /// <summary>That of what stands at a path, which a link may lead to; <see langword="null"/> where nothing does.</summary>
    [SupportedOSPlatform("linux")]
    public static Ownership? Of(string path) =>
        Libc.Statx(Statx.AtFileDescriptorCwd, path, 0, Statx.BasicStats, out Statx status) == 0 ? new(status.UserId, (UnixFileMode)(status.Mode & ModeBits)) : null;
}
