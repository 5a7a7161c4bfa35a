namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>An outbox row whose records must be written by the process that stored it.</summary>
internal sealed class StoredRecords(OwnRows rows, string id, string database)
{
    /// <summary>Claims the records for writing; <see langword="false"/> if someone else is writing them or has written them.</summary>
    public bool TryTake() => rows.TryTake(id);

    /// <summary>Reports the result: all records are written, or they must be tried again.</summary>
    public void Done(bool isWhole) => rows.Done(id, database, isWhole);
}
