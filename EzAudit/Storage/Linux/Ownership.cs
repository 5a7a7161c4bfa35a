using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>The owner and permissions of a file or directory.</summary>
internal readonly record struct Ownership(uint UserId, uint GroupId, UnixFileMode Mode)
{
    public const uint Root = 0;

    private const uint ModeBits = 0xfff;

    /// <summary>The user that this process runs as.</summary>
    public static uint OwnUserId => Libc.EffectiveUserId();

    /// <summary>Whether its owner is this process's user or root.</summary>
    public bool IsTrusted => UserId == Root || UserId == OwnUserId;

    /// <summary>Whether any user may replace or remove its entries.</summary>
    public bool IsOpenToAll => (Mode & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) == UnixFileMode.OtherWrite;

    /// <summary>Whether any user may write to it.</summary>
    public bool IsWritableByAll => Mode.HasFlag(UnixFileMode.OtherWrite);

    /// <summary>The permission bits in octal, as <c>chmod</c> expects them.</summary>
    public string Octal => Convert.ToString((int)Mode, 8).PadLeft(4, '0');

    /// <summary>The ownership of the file that a path leads to, through links; <see langword="null"/> if there is none.</summary>
    public static Ownership? Of(string path) =>
        Libc.Statx(Statx.AtFileDescriptorCwd, path, 0, Statx.BasicStats, out Statx status) == 0 ? Of(status) : null;

    /// <summary>The ownership of an open file; <see langword="null"/> if the system does not provide it.</summary>
    public static Ownership? Of(SafeFileHandle file) =>
        Libc.Statx(file, "", Statx.EmptyPath, Statx.BasicStats, out Statx status) == 0 ? Of(status) : null;

    /// <summary>Whether an open file belongs neither to root, nor to this process's user, nor to the owner of the directory <paramref name="trusted"/>.</summary>
    public static bool IsForeign(SafeFileHandle file, string trusted) =>
        OperatingSystem.IsLinux() && Of(file) is { IsTrusted: false } owner && Of(trusted)?.UserId != owner.UserId;

    public static Ownership Of(in Statx status) => new(status.UserId, status.GroupId, (UnixFileMode)(status.Mode & ModeBits));
}
