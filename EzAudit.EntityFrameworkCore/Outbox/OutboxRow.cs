namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The records of one <c>SaveChanges</c> or statement, stored with it until they are in the log.</summary>
/// <remarks>All columns are text, so that they are the same in every database.</remarks>
internal sealed class OutboxRow
{
    /// <summary>Unique, and sorted by time.</summary>
    public string Id { get; set; } = "";

    /// <summary>The host and directory of the log that the records belong to. No other process can tell whether they are in it.</summary>
    public string Log { get; set; } = "";

    /// <summary>The process and writer that stored the row and will write it unless it dies.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The records, as JSON.</summary>
    public string Records { get; set; } = "";
}
