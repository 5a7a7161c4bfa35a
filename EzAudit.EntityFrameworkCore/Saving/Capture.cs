using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.EntityFrameworkCore.Transactions;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>What the interceptors of a context share: what is to be recorded, where it goes, and where it is stored until then.</summary>
internal sealed class Capture(AuditEntityOptions options)
{
    public AuditEntityOptions Options => options;

    public AuditWriter WriterOf(DbContext context) => options.Writer ?? Writers.Of(context);

    /// <summary>Whether the settings write anything that a change can lead to.</summary>
    public bool WantsChanges(DbContext context)
    {
        AuditWriter writer = WriterOf(context);
        if (writer.IsEnabled(RecordFunctions.Insert) || writer.IsEnabled(RecordFunctions.Update) || writer.IsEnabled(RecordFunctions.Delete)) return true;
        foreach (EntityMap map in options.Maps)
        {
            if (map.IsWritten(writer)) return true;
        }
        return false;
    }

    /// <summary>Puts records into the transaction that the context is in, if there is one and they are to be stored there.</summary>
    public async ValueTask<RecordBatch> Store(DbContext context, IReadOnlyList<AuditRecord> records, bool isAsync)
    {
        AuditWriter writer = WriterOf(context);
        if (!options.Outbox || records.Count == 0 || !TransactionRecords.IsInTransaction(context)) return new RecordBatch(writer, records);
        OutboxOwner owner = OutboxOwner.Of(writer);
        // In an ambient transaction EF has closed the connection; opened again, it is the same one.
        if (isAsync) await context.Database.OpenConnectionAsync().ConfigureAwait(false);
        else context.Database.OpenConnection();
        try
        {
            (IReadOnlyList<AuditRecord> marked, StoredRecords stored) = await owner.Store(new OutboxTable(context), records, isAsync).ConfigureAwait(false);
            return new RecordBatch(writer, marked, stored);
        }
        finally
        {
            if (isAsync) await context.Database.CloseConnectionAsync().ConfigureAwait(false);
            else context.Database.CloseConnection();
        }
    }

    /// <summary>Deletes from the outbox what is written, when there is much of it. To be called when a transaction is committed.</summary>
    public async ValueTask Tidy(DbContext context, bool isAsync)
    {
        if (options.Outbox && OutboxOwner.Find(WriterOf(context)) is { } owner && !TransactionRecords.IsInTransaction(context))
            await OutboxMoving.RemoveWritten(context, owner, isAsync).ConfigureAwait(false);
    }
}
