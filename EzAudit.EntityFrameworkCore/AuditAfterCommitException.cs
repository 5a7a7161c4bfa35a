namespace EzAudit.EntityFrameworkCore;

/// <summary>
/// Thrown when the changes are committed but not all of their records could be written: the database is correct, the audit trail is not.
/// Saving again would apply the changes twice.
/// </summary>
/// <remarks>Never thrown with <see cref="Mapping.AuditEntityOptions.Outbox"/>, which keeps the records in the database until they are written.</remarks>
public sealed class AuditAfterCommitException : Exception
{
    internal AuditAfterCommitException(int missing, int records, Exception cause)
        : base($"The changes are committed, but {missing} of their {records} records may be missing: {cause.Message}", cause) =>
        Missing = missing;

    /// <summary>The number of records that were not written, or may not have been.</summary>
    public int Missing { get; }
}
