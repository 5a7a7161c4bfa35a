using EzAudit.Records;

namespace EzAudit.Storage;

/// <summary>The operating system refused; says which file, at which step, and why.</summary>
internal sealed class StorageException(AuditWriteStage stage, string path, int errno, string errnoName, string message, bool mayBeStored = false)
    : IOException(message)
{
    public AuditWriteStage Stage { get; } = stage;

    public string Path { get; } = path;

    /// <summary>The operating system's number for the cause; 0 when it gave none.</summary>
    public int Errno { get; } = errno;

    /// <summary>Its name, such as <c>ENOSPC</c>; empty when it gave none.</summary>
    public string ErrnoName { get; } = errnoName;

    /// <summary>Whether the bytes may be on disk all the same.</summary>
    public bool MayBeStored { get; } = mayBeStored;

    /// <summary>Whether nothing failed but the wait, for a disk that is slow or hangs.</summary>
    public bool IsLate { get; init; }

    /// <summary>The same failure for another caller: one exception object must not be thrown by two threads.</summary>
    public StorageException Again() => new(Stage, Path, Errno, ErrnoName, Message, MayBeStored) { IsLate = IsLate };
}

/// <summary>Why records do not go to a file or directory.</summary>
internal sealed record AccessProblem(string Found, string Expected);
