namespace EzAudit.Extensibility;

/// <summary>
/// Thrown by a sender when the receiver refuses one record for good, such as one that is too large for it. The record goes into the dead-letter file of
/// the target, is counted, and is recorded as lost; the other records are sent, from the first that was not confirmed.
/// </summary>
public class AuditRejectedException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="index">The index of the record in the batch.</param>
    /// <param name="reason">Why the receiver refuses it, for the dead-letter file.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public AuditRejectedException(int index, string reason, Exception? innerException = null) : base(reason, innerException)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Index = index;
    }

    /// <summary>The index of the record in the batch.</summary>
    public int Index { get; }
}
