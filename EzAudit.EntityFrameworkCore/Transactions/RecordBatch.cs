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
        bool isWhole = false;
        try
        {
            isWhole = isAsync ? await writer.WriteAuditAsync(records).ConfigureAwait(false) : writer.WriteAudit(records);
        }
        catch (AuditBatchException failure) when (stored is null)
        {
            throw new AuditAfterCommitException(failure.Missed.Count, records.Count, failure.InnerException!);
        }
        catch (ObjectDisposedException failure) when (stored is null)
        {
            throw new AuditAfterCommitException(records.Count, records.Count, failure);
        }
        catch (Exception failure) when (failure is AuditBatchException or ObjectDisposedException)
        {
            // They wait in the database. The writer's health says what is wrong.
        }
        stored?.Written(isWhole);
    }
}
