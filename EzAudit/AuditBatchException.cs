namespace EzAudit;

/// <summary>Some records of a batch could not be written as their settings demand; the others are stored.</summary>
public sealed class AuditBatchException : Exception
{
    internal AuditBatchException(IReadOnlyList<AuditMissedRecord> missed, int records)
        : base($"{missed.Count} of {records} records were not written. The first: {missed[0].Failure.Message}", missed[0].Failure) =>
        Missed = missed;

    /// <summary>Those that are not stored, or not surely, in their order. One that was lost under <c>OnFailure=continue</c> is not among them.</summary>
    public IReadOnlyList<AuditMissedRecord> Missed { get; }
}
