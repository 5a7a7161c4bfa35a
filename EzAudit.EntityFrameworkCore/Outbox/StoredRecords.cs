namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>A row of the outbox whose records are to be written by the process that stored it.</summary>
internal sealed class StoredRecords(OutboxOwner owner, string database, string id)
{
    /// <summary>Tells what became of its records: all are written, or somebody has to look again.</summary>
    public void Written(bool isWhole) => owner.Written(database, id, isWhole);
}
