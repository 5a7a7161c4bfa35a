using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>The records of changes that commit or roll back together; written after the commit.</summary>
/// <param name="writer">Where records go.</param>
/// <param name="records">The records, in order.</param>
/// <param name="stored">The row that stores them in the database, if any.</param>
internal sealed class RecordBatch(AuditWriter writer, IReadOnlyList<AuditRecord> records, StoredRecords? stored = null)
{
    public bool IsEmpty => records.Count == 0;

    /// <summary>Writes the records.</summary>
    /// <exception cref="AuditAfterCommitException">Some could not be written and are stored nowhere else.</exception>
    public async ValueTask Write(bool isAsync)
    {
        if (records.Count == 0) return;
        if (stored is null)
        {
            await WriteOnly(isAsync).ConfigureAwait(false);
            return;
        }
        // If this fails, another thread saw the row in the database first and is writing its records.
        if (!stored.TryTake()) return;
        bool isWhole = false;
        try
        {
            isWhole = await WriteAll(isAsync).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuditBatchException or ObjectDisposedException)
        {
            // The records wait in the database. The writer's health has the reason.
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
