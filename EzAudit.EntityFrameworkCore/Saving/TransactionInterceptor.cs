using System.Data.Common;
using EzAudit.EntityFrameworkCore.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>Follows transactions to their commit, and stores records in them before it where they are to be stored.</summary>
internal sealed class TransactionInterceptor(Capture capture) : DbTransactionInterceptor
{
    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        Sync.Wait(StoreBeforeCommit(eventData.Context, isAsync: false));
        return result;
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await StoreBeforeCommit(eventData.Context, isAsync: true).ConfigureAwait(false);
        return result;
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Sync.Wait(TransactionRecords.Committed(transaction, isAsync: false));

    public override async Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        await TransactionRecords.Committed(transaction, isAsync: true).ConfigureAwait(false);

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => TransactionRecords.GivenUp(transaction);

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionRecords.GivenUp(transaction);
        return Task.CompletedTask;
    }

    // A commit while SaveChanges runs is that of its own transaction: the last moment to store its records there.
    private async ValueTask StoreBeforeCommit(DbContext? context, bool isAsync)
    {
        if (!capture.Options.Outbox || context is null || ContextState.Find(context) is not { IsSaving: true, Changes: { } changes } state) return;
        state.Stored = await capture.Store(context, changes.Prepare(capture.WriterOf(context)), isAsync).ConfigureAwait(false);
    }
}
