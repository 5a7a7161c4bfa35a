using EzAudit.Records;

namespace EzAudit.Storage;

/// <summary>A failed operating system call, with file, step and cause.</summary>
internal sealed class StorageException(AuditWriteStage stage, string path, int errno, string errnoName, string message, bool mayBeStored = false)
    : IOException(message)
{
    /// <summary>Creates a failure for which the operating system gave no error number.</summary>
    public StorageException(AuditWriteStage stage, string path, string problem) : this(stage, path, 0, "", $"{path}: {problem}")
    {
    }

    /// <summary>A file in which not all of the bytes exist that were to be overwritten.</summary>
    public static StorageException OutsideOf(string path, FileIdentity found, long end) =>
        new(AuditWriteStage.Write, path, found.IsRegular ? $"found {found.Length} bytes, expected at least {end}." : "found something other than a regular file, expected a file to overwrite.");

    public AuditWriteStage Stage { get; } = stage;

    public string Path { get; } = path;

    /// <summary>The operating system's error number; 0 if it gave none.</summary>
    public int Errno { get; } = errno;

    /// <summary>The name of the error, such as <c>ENOSPC</c>; empty if there is none.</summary>
    public string ErrnoName { get; } = errnoName;

    /// <summary>Whether the bytes may be on disk nevertheless.</summary>
    public bool MayBeStored { get; } = mayBeStored;

    /// <summary>Whether only the wait timed out, because the disk is slow or hangs.</summary>
    public bool IsLate { get; init; }

    /// <summary>The same failure for another caller: two threads must not throw the same exception object.</summary>
    public StorageException Again() => new(Stage, Path, Errno, ErrnoName, Message, MayBeStored) { IsLate = IsLate };
}

/// <summary>Why a file or directory must not receive records.</summary>
internal sealed record AccessProblem(string Found, string Expected)
{
    public StorageException ToException(string path) => new(AuditWriteStage.Open, path, $"found {Found}, expected {Expected}.");
}
