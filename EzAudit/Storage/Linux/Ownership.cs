using System.Runtime.InteropServices;
using EzAudit.Records;
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
        Statx.TryOf(path, out Statx status) ? Of(status) : null;

    /// <summary>Whether the path is a directory, not a link, of this process's user that neither group nor others can write to.</summary>
    public static bool IsOwnDirectory(string path)
    {
        if (Libc.Statx(Statx.AtFileDescriptorCwd, path, Statx.NoFollow, Statx.Wanted, out Statx status) != 0) return false;
        Ownership owner = Of(status);
        return status.IsDirectory && owner.UserId == OwnUserId && (owner.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
    }

    /// <summary>The ownership of an open file.</summary>
    public static Ownership Of(SafeFileHandle file, string path) => Of(Statx.Of(file, path));

    /// <summary>Whether an open file belongs neither to root, nor to this process's user, nor to the owner of the directory <paramref name="trusted"/>.</summary>
    public static bool IsForeign(SafeFileHandle file, string trusted) =>
        OperatingSystem.IsLinux()
        && Libc.Statx(file, "", Statx.EmptyPath, Statx.Wanted, out Statx status) == 0
        && Of(status) is { IsTrusted: false } owner && Of(trusted)?.UserId != owner.UserId;

    /// <summary>Gives a file that root created to this owner, the owner of its directory; otherwise the application could not open it.</summary>
    public void TakeOver(SafeFileHandle file, string path)
    {
        if (OwnUserId != Root || UserId == Root || Of(file, path).UserId != Root) return;
        int result = Libc.ChangeOwner(file, UserId, GroupId);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return;
        string name = Errno.NameOf(errno);
        throw new StorageException(
            AuditWriteStage.Open, path, errno, name,
            $"{path}: it was created by root and could not be handed over to user {UserId}, the owner of the directory, who needs access to it ({name}); run this as user {UserId}.");
    }

    private static Ownership Of(in Statx status) => new(status.UserId, status.GroupId, (UnixFileMode)(status.Mode & ModeBits));
}
