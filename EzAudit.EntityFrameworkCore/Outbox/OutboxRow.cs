namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The records of one <c>SaveChanges</c> or statement, stored with it until they are in the log.</summary>
/// <remarks>Texts only, so that every database has them alike.</remarks>
internal sealed class OutboxRow
{
    /// <summary>Unique, and in order of time.</summary>
    public string Id { get; set; } = "";

    /// <summary>The host and the directory of the log that the records belong into: nobody else can know whether they are there.</summary>
    public string Log { get; set; } = "";

    /// <summary>The process and writer that stored it, and that writes it unless it dies.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The records, as JSON.</summary>
    public string Records { get; set; } = "";
}
