namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>A row of the outbox whose records are to be written by the process that stored it.</summary>
internal sealed class StoredRecords(OwnRows rows, string id, string database)
{
    /// <summary>Claims its records for writing; <see langword="false"/> where somebody else writes them, or has written them.</summary>
    public bool TryTake() => rows.TryTake(id);

    /// <summary>Tells what became of its records: all are written, or somebody has to look again.</summary>
    public void Done(bool isWhole) => rows.Done(id, database, isWhole);
}
