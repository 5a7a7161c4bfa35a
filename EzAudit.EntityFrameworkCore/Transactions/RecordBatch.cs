using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>The records of changes that stand or fall together, written when they are committed.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="records">The records, in order.</param>
/// <param name="stored">Where they are stored in the database, if they are.</param>
internal sealed class RecordBatch(AuditWriter writer, IReadOnlyList<AuditRecord> records, StoredRecords? stored = null)
{
    public bool IsEmpty => records.Count == 0;

    /// <summary>Writes them.</summary>
    /// <exception cref="AuditAfterCommitException">Not all could be written, and they are stored nowhere else.</exception>
    public async ValueTask Write(bool isAsync)
    {
        if (records.Count == 0) return;
        if (stored is null)
        {
            await WriteOnly(isAsync).ConfigureAwait(false);
            return;
        }
        // Where the row has been seen in the database first, its records are being written already.
        if (!stored.TryTake()) return;
        bool isWhole = false;
        try
        {
            isWhole = await WriteAll(isAsync).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuditBatchException or ObjectDisposedException)
        {
            // They wait in the database. The writer's health says what is wrong.
        }
        finally
        {
            stored.Done(isWhole);
        }
    }

    private async ValueTask WriteOnly(bool isAsync)
    {
        try
        {
            await WriteAll(isAsync).ConfigureAwait(false);
        }
        catch (AuditBatchException failure)
        {
            throw new AuditAfterCommitException(failure.Missed.Count, records.Count, failure.InnerException!);
        }
        catch (ObjectDisposedException failure)
        {
            throw new AuditAfterCommitException(records.Count, records.Count, failure);
        }
    }

    private ValueTask<bool> WriteAll(bool isAsync) => isAsync ? writer.WriteAuditAsync(records) : ValueTask.FromResult(writer.WriteAudit(records));
}
