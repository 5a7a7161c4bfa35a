namespace EzAudit.EntityFrameworkCore;

/// <summary>
/// The changes are committed, but not all of their records could be written. The database is right and the audit trail is incomplete; saving again
/// would apply the changes twice.
/// </summary>
/// <remarks>Cannot happen with <see cref="Mapping.AuditEntityOptions.Outbox"/>, where the records are committed together with the changes.</remarks>
public sealed class AuditAfterCommitException : AuditException
{
    /// <summary>Initializes the exception; for applications that test how they handle it.</summary>
    /// <param name="missing">How many records were not written, or may not have been; at least 1.</param>
    /// <param name="records">How many records the changes have; at least as many as are missing.</param>
    /// <param name="innerException">Why they could not be written.</param>
    public AuditAfterCommitException(int missing, int records, Exception innerException) : base(Describe(missing, records, innerException), innerException) =>
        Missing = missing;

    /// <summary>How many records were not written, or may not have been.</summary>
    public int Missing { get; }

    private static string Describe(int missing, int records, Exception innerException)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(missing);
        ArgumentOutOfRangeException.ThrowIfLessThan(records, missing);
        ArgumentNullException.ThrowIfNull(innerException);
        return $"The changes are committed, but {missing} of their {records} records may be missing: {innerException.Message}";
    }
}
