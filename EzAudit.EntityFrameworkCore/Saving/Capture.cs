using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.EntityFrameworkCore.Transactions;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>What the interceptors of a context share: what to record, where records go, and where they are stored until then.</summary>
internal sealed class Capture(AuditEntityOptions options)
{
    public AuditEntityOptions Options => options;

    public AuditWriter WriterOf(DbContext context) => options.Writer ?? Writers.Of(context);

    /// <summary>Whether the settings turn on any function that a change can write.</summary>
    public bool WantsChanges(DbContext context)
    {
        AuditWriter writer = WriterOf(context);
        if (writer.IsEnabled(RecordAudit.InsertFunction.Name) || writer.IsEnabled(RecordAudit.UpdateFunction.Name) || writer.IsEnabled(RecordAudit.DeleteFunction.Name)) return true;
        foreach (EntityMap map in options.Maps)
        {
            if (map.IsWritten(writer)) return true;
        }
        return false;
    }

    /// <summary>Stores records in the context's transaction, if it has one and the options require storing.</summary>
    public async ValueTask<RecordBatch> Store(DbContext context, IReadOnlyList<AuditRecord> records, bool isAsync)
    {
        AuditWriter writer = WriterOf(context);
        if (!options.Outbox || records.Count == 0 || !TransactionRecords.IsInTransaction(context)) return new RecordBatch(writer, records);
        OutboxOwner owner = OutboxOwner.Of(writer);
        var table = new OutboxTable(context);
        (IReadOnlyList<AuditRecord> marked, StoredRecords stored) = await table.WhileOpen(() => owner.Store(table, records, isAsync), isAsync).ConfigureAwait(false);
        return new RecordBatch(writer, marked, stored);
    }

    /// <summary>Deletes written rows from the outbox once there are many. Call it after a commit.</summary>
    public async ValueTask Tidy(DbContext context, bool isAsync)
    {
        if (options.Outbox && OutboxOwner.Find(WriterOf(context)) is { } owner && !TransactionRecords.IsInTransaction(context))
            await OutboxMoving.RemoveWritten(context, owner, isAsync).ConfigureAwait(false);
    }
}
