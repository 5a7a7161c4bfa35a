using System.Runtime.InteropServices;
using EzAudit.Records;

namespace EzAudit.Storage;

/// <summary>Names and meanings of the Linux error numbers that log files can cause.</summary>
internal static class Errno
{
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int ENXIO = 6;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int EXDEV = 18;
    public const int ENOTDIR = 20;
    public const int EINVAL = 22;
    public const int EPERM = 1;
    public const int EAGAIN = 11;
    public const int ENAMETOOLONG = 36;
    public const int ENOSYS = 38;
    public const int ELOOP = 40;
    public const int ETIMEDOUT = 110;

    private static readonly Dictionary<int, (string Name, string Meaning)> Known = new()
    {
        [EPERM] = ("EPERM", "not permitted"),
        [ENOENT] = ("ENOENT", "no such file or directory"),
        [EINTR] = ("EINTR", "interrupted"),
        [5] = ("EIO", "input/output error"),
        [ENXIO] = ("ENXIO", "a socket is in place of the file"),
        [9] = ("EBADF", "the descriptor is not open"),
        [EAGAIN] = ("EAGAIN", "try again"),
        [12] = ("ENOMEM", "out of memory"),
        [EACCES] = ("EACCES", "permission denied"),
        [16] = ("EBUSY", "in use"),
        [EEXIST] = ("EEXIST", "the name is taken"),
        [EXDEV] = ("EXDEV", "the path leads out of the directory"),
        [19] = ("ENODEV", "no such device"),
        [ENOTDIR] = ("ENOTDIR", "a file is in place of a directory"),
        [21] = ("EISDIR", "a directory is in place of the file"),
        [EINVAL] = ("EINVAL", "not supported there"),
        [23] = ("ENFILE", "too many open files on this machine"),
        [24] = ("EMFILE", "too many open files in this process"),
        [26] = ("ETXTBSY", "in use as a program"),
        [27] = ("EFBIG", "the file has reached its maximum size"),
        [28] = ("ENOSPC", "no space left on the disk"),
        [30] = ("EROFS", "the file system is read-only"),
        [31] = ("EMLINK", "too many links"),
        [32] = ("EPIPE", "the pipe has no reader"),
        [ENAMETOOLONG] = ("ENAMETOOLONG", "the name is too long"),
        [37] = ("ENOLCK", "no locks left"),
        [ENOSYS] = ("ENOSYS", "not supported by this kernel"),
        [39] = ("ENOTEMPTY", "the directory is not empty"),
        [ELOOP] = ("ELOOP", "the path contains a symbolic link"),
        [75] = ("EOVERFLOW", "too large"),
        [95] = ("EOPNOTSUPP", "not supported there"),
        [116] = ("ESTALE", "the network file is gone"),
        [122] = ("EDQUOT", "the quota is used up"),
        [125] = ("ECANCELED", "cancelled"),
    };

    /// <summary>The error number of a .NET exception, which keeps it only if it has no type of its own for the error.</summary>
    public static int Of(Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException => ENOENT,
        UnauthorizedAccessException => cause.InnerException is IOException { HResult: > 0 } inner ? inner.HResult : EACCES,
        PathTooLongException => ENAMETOOLONG,
        _ => cause.HResult,
    };

    public static string NameOf(int errno) => Known.TryGetValue(errno, out var entry) ? entry.Name : $"errno {errno}";

    public static string MeaningOf(int errno) => Known.TryGetValue(errno, out var entry) ? entry.Meaning : "see errno(3)";

    /// <summary>Throws if a call of libc has failed. The call must be the first argument, so that no other call replaces its error number.</summary>
    public static void ThrowIfFailed(int result, AuditWriteStage stage, string path, bool mayBeStored = false)
    {
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw Failure(stage, path, errno, mayBeStored);
    }

    /// <summary>An exception that states file, step and cause.</summary>
    public static StorageException Failure(AuditWriteStage stage, string path, int errno, bool mayBeStored = false) =>
        new(stage, path, errno, NameOf(errno), $"{path}: {Verb(stage)} failed: {MeaningOf(errno)} ({NameOf(errno)}).", mayBeStored);

    private static string Verb(AuditWriteStage stage) => stage switch
    {
        AuditWriteStage.Open => "opening",
        AuditWriteStage.Lock => "locking",
        AuditWriteStage.Rotate => "rotating",
        AuditWriteStage.Sync => "syncing",
        _ => "writing",
    };
}
