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

/// <summary>Some records of a batch could not be written as their settings require; the others are stored.</summary>
public sealed class AuditBatchException : AuditException
{
    /// <summary>Initializes the exception; the message and the inner exception come from the first missed record.</summary>
    /// <param name="missed">The records that were not stored or may not have been; at least one. The list is copied.</param>
    /// <param name="records">How many records the batch has; at least as many as were missed.</param>
    public AuditBatchException(IReadOnlyList<AuditMissedRecord> missed, int records) : base(Describe(missed, records), missed[0].Failure) => Missed = [.. missed];

    /// <summary>
    /// The records that were not stored or may not have been, in the order of the batch; <see cref="AuditWriteException.MayBeStored"/> tells the two
    /// apart. Records lost under <c>OnFailure=continue</c> are not among them.
    /// </summary>
    public IReadOnlyList<AuditMissedRecord> Missed { get; }

    private static string Describe(IReadOnlyList<AuditMissedRecord> missed, int records)
    {
        ArgumentNullException.ThrowIfNull(missed);
        ArgumentOutOfRangeException.ThrowIfZero(missed.Count, nameof(missed));
        ArgumentOutOfRangeException.ThrowIfLessThan(records, missed.Count);
        return $"{missed.Count} of {records} records {OutcomeOf(missed)}. The first: {missed[0].Failure.Message}";
    }

    private static string OutcomeOf(IReadOnlyList<AuditMissedRecord> missed)
    {
        int uncertain = missed.Count(record => record.Failure.MayBeStored);
        if (uncertain == 0) return "were not stored";
        return uncertain == missed.Count ? "may not have been stored" : $"were not stored, or may not have been ({uncertain})";
    }
}

/// <summary>A record of a batch that could not be written as its settings require. Immutable.</summary>
/// <param name="place">The record's index in the batch, from 0.</param>
/// <param name="record">The record.</param>
/// <param name="failure">What failed, and whether the record may have been stored nevertheless.</param>
public sealed class AuditMissedRecord(int place, AuditRecord record, AuditWriteException failure)
{
    /// <summary>The record's index in the batch, from 0.</summary>
    public int Place => place;

    /// <summary>The record.</summary>
    public AuditRecord Record => record;

    /// <summary>What failed, and whether the record may have been stored nevertheless.</summary>
    public AuditWriteException Failure => failure;
}
