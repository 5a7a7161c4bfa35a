using EzAudit.Records;

namespace EzAudit;

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
