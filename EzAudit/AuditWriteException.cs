using EzAudit.Records;
using EzAudit.Writing;

namespace EzAudit;

/// <summary>A record could not be written as its settings require. The caller must not proceed as if the audited action were on record.</summary>
public sealed class AuditWriteException : AuditException
{
    /// <summary>Initializes the exception; for applications that test how they handle it.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="function">The function of the record; <c>*</c> after a failed flush.</param>
    /// <param name="stage">The step that failed.</param>
    /// <param name="mayBeStored">Whether the record may have been stored nevertheless.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public AuditWriteException(string message, string function, AuditWriteStage stage, bool mayBeStored, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentException.ThrowIfNullOrEmpty(function);
        Function = function;
        Stage = stage;
        MayBeStored = mayBeStored;
    }

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

    /// <summary>The function of the record; <c>*</c> after a failed flush, which concerns records of any function.</summary>
    public string Function { get; }

    /// <summary>The path of the log file; <see langword="null"/> if the target is not a file.</summary>
    public string? File { get; init; }

    /// <summary>The step that failed.</summary>
    public AuditWriteStage Stage { get; }

    /// <summary>The operating system's name for the error, such as <c>ENOSPC</c>; <see langword="null"/> if it reported none.</summary>
    public string? ErrnoName { get; init; }

    /// <summary>
    /// Whether the record may have been stored nevertheless. After a failed sync, for example, this cannot be known, and writing the record again
    /// may store it twice.
    /// </summary>
    public bool MayBeStored { get; }
}
