using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>Reads and sets owner and permissions of open files, so that the file checked is the file used.</summary>
internal static class LinuxOwner
{
    public static Statx StatusOf(SafeFileHandle file, string path)
    {
        int result = Libc.Statx(file, "", Statx.EmptyPath, Statx.BasicStats, out Statx status);
        int errno = Marshal.GetLastPInvokeError();
        return result == 0 ? status : throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
    }

    public static Ownership Of(SafeFileHandle file, string path) => Ownership.Of(StatusOf(file, path));

    public static void SetMode(SafeFileHandle file, uint mode, string path)
    {
        int result = Libc.ChangeMode(file, mode);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
    }

    /// <summary>Gives a file that root created to the owner of its directory; otherwise the application could not open it.</summary>
    public static void HandOver(SafeFileHandle file, Ownership owner, string path)
    {
        if (Ownership.OwnUserId != Ownership.Root || owner.UserId == Ownership.Root || Of(file, path).UserId != Ownership.Root) return;
        int result = Libc.ChangeOwner(file, owner.UserId, owner.GroupId);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return;
        string name = Errno.NameOf(errno);
        throw new StorageException(
            AuditWriteStage.Open, path, errno, name,
            $"{path}: it was created by root and could not be handed over to user {owner.UserId}, the owner of the directory, who needs access to it ({name}); run this as user {owner.UserId}.");
    }

    public static StorageException Refusal(string path, AccessProblem problem) =>
        new(AuditWriteStage.Open, path, 0, "", $"{path}: found {problem.Found}, expected {problem.Expected}.");
}
