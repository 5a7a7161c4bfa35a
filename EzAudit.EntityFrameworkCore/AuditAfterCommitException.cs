namespace EzAudit.EntityFrameworkCore;

/// <summary>
/// The changes are committed, and not all of their records could be written. The database is right and the audit trail is not: saving again
/// would do the change twice.
/// </summary>
/// <remarks>Cannot happen with <see cref="Mapping.AuditEntityOptions.Outbox"/>: there the records wait in the database.</remarks>
public sealed class AuditAfterCommitException : Exception
{
    internal AuditAfterCommitException(int missing, int records, Exception cause)
        : base($"The changes are committed, but {missing} of their {records} records may be missing: {cause.Message}", cause) =>
        Missing = missing;

    /// <summary>How many records were not written, or may not have been.</summary>
    public int Missing { get; }
}
