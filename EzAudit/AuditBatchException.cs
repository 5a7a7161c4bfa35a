using EzAudit.Records;

namespace EzAudit;

/// <summary>Some records of a batch could not be written as their settings demand; the others are stored.</summary>
public sealed class AuditBatchException : Exception
{
    internal AuditBatchException(IReadOnlyList<AuditMissedRecord> missed, int records)
        : base($"{missed.Count} of {records} records {OutcomeOf(missed)}. The first: {missed[0].Failure.Message}", missed[0].Failure) =>
        Missed = missed;

    /// <summary>
    /// The records that were not stored or may not have been, in the order of the batch; <see cref="AuditWriteException.MayBeStored"/> tells the two
    /// apart. One that was lost under <c>OnFailure=continue</c> is not among them.
    /// </summary>
    public IReadOnlyList<AuditMissedRecord> Missed { get; }

    private static string OutcomeOf(IReadOnlyList<AuditMissedRecord> missed)
    {
        int uncertain = missed.Count(record => record.Failure.MayBeStored);
        if (uncertain == 0) return "were not stored";
        return uncertain == missed.Count ? "may not have been stored" : $"were not stored, or may not have been ({uncertain})";
    }
}

/// <summary>A record of a batch that could not be written as its settings demand.</summary>
/// <param name="Place">Its place in the batch, from 0.</param>
/// <param name="Record">The record.</param>
/// <param name="Failure">Why, and whether it may be stored all the same.</param>
public sealed record AuditMissedRecord(int Place, AuditRecord Record, AuditWriteException Failure);
