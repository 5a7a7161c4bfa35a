namespace EzAudit.EntityFrameworkCore;

/// <summary>
/// Thrown when the changes are committed but not all of their records could be written: the database is correct, the audit trail is not.
/// Saving again would apply the changes twice.
/// </summary>
/// <remarks>Never thrown with <see cref="Mapping.AuditEntityOptions.Outbox"/>, which keeps the records in the database until they are written.</remarks>
public sealed class AuditAfterCommitException : AuditException
{
    /// <summary>Initializes the exception; for applications that test how they handle it.</summary>
    /// <param name="missing">How many records were not written, or may not have been; at least 1.</param>
    /// <param name="records">How many records the changes have; at least as many as are missing.</param>
    /// <param name="innerException">Why they could not be written.</param>
    public AuditAfterCommitException(int missing, int records, Exception innerException) : base(Describe(missing, records, innerException), innerException) =>
        Missing = missing;

    /// <summary>The number of records that were not written, or may not have been.</summary>
    public int Missing { get; }

    private static string Describe(int missing, int records, Exception innerException)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(missing);
        ArgumentOutOfRangeException.ThrowIfLessThan(records, missing);
        ArgumentNullException.ThrowIfNull(innerException);
        return $"The changes are committed, but {missing} of their {records} records may be missing: {innerException.Message}";
    }
}
