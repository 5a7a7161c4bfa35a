using EzAudit.Records;
using EzAudit.Writing;

namespace EzAudit;

/// <summary>A record could not be written as its settings demand. Do not go on as if the audited act were on record.</summary>
public sealed class AuditWriteException : Exception
{
    internal AuditWriteException(WriteFailure failure) : this(failure.Message, failure)
    {
    }

    // A step that concerns more than one record: the message says what failed, the facts come from the failure.
    internal AuditWriteException(string message, WriteFailure failure) : base(message, failure.Cause)
    {
        Function = failure.Function;
        File = failure.File;
        Stage = failure.Stage;
        ErrnoName = failure.Errno;
        MayBeStored = failure.MayBeStored;
    }

    /// <summary>The function whose record it was; <c>*</c> after a failed flush, which concerns records of any function.</summary>
    public string Function { get; }

    /// <summary>The path of the log file; <see langword="null"/> where the target is none.</summary>
    public string? File { get; }

    /// <summary>The step that failed.</summary>
    public AuditWriteStage Stage { get; }

    /// <summary>The operating system's name for the cause, such as <c>ENOSPC</c>; <see langword="null"/> where it gave none.</summary>
    public string? ErrnoName { get; }

    /// <summary>
    /// Whether the record may be stored all the same. After a failed sync, for example, nobody knows: writing it again may write it twice.
    /// </summary>
    public bool MayBeStored { get; }
}
