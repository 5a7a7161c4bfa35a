using EzAudit.Records;

namespace EzAudit;

/// <summary>A record could not be written as its settings demand. The audited act is not on record: do not go on as if it were.</summary>
public sealed class AuditWriteException : Exception
{
    internal AuditWriteException(
        string function, string? file, AuditWriteStage stage, string? errnoName, bool mayBeStored, string reason, Exception cause)
        : base($"The record of \"{function}\" {(mayBeStored ? "may not have been stored" : "was not stored")} (at {stage}): {reason}", cause)
    {
        Function = function;
        File = file;
        Stage = stage;
        ErrnoName = errnoName;
        MayBeStored = mayBeStored;
    }

    /// <summary>The function whose record it was.</summary>
    public string Function { get; }

    /// <summary>The path of the log file; <see langword="null"/> where the target is none.</summary>
    public string? File { get; }

    /// <summary>The step that failed.</summary>
    public AuditWriteStage Stage { get; }

    /// <summary>The operating system's name for the cause, such as <c>ENOSPC</c>; <see langword="null"/> where it gave none.</summary>
    public string? ErrnoName { get; }

    /// <summary>
    /// Whether the record may be stored all the same. After a failed sync nobody knows: writing it again may write it twice.
    /// </summary>
    public bool MayBeStored { get; }
}
