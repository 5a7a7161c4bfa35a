using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>The records of changes that stand or fall together, written when they are committed.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="records">The records, in order.</param>
/// <param name="stored">Where they are stored in the database, if they are.</param>
internal sealed class RecordBatch(AuditWriter writer, IReadOnlyList<AuditRecord> records, StoredRecords? stored = null)
{
    /// <summary>Writes them.</summary>
    /// <exception cref="AuditAfterCommitException">Not all could be written, and they are stored nowhere else.</exception>
    public async ValueTask Write(bool isAsync)
    {
        if (records.Count == 0) return;
        int written = 0;
        Exception? failure = null;
        // All are begun before the first is waited for: so they share a sync.
        var tasks = new Task<bool>[records.Count];
        for (int i = 0; i < tasks.Length; i++) tasks[i] = Begin(records[i]);
        foreach (Task<bool> task in tasks)
        {
            try
            {
                bool isWritten = isAsync || task.IsCompleted ? await task.ConfigureAwait(false) : task.GetAwaiter().GetResult();
                if (isWritten) written++;
            }
            catch (Exception cause) when (cause is AuditWriteException or ObjectDisposedException)
            {
                failure ??= cause;
            }
        }
        if (stored is not null) stored.Written(isWhole: written == records.Count);
        else if (failure is not null) throw new AuditAfterCommitException(records.Count - written, records.Count, failure);
    }

    private Task<bool> Begin(AuditRecord record)
    {
        try
        {
            return writer.WriteAuditAsync(record).AsTask();
        }
        catch (Exception cause) when (cause is AuditWriteException or ObjectDisposedException)
        {
            return Task.FromException<bool>(cause);
        }
    }
}
