using EzAudit.EntityFrameworkCore.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>Follows <c>SaveChanges</c> from its beginning to its end; the changes themselves are caught by <see cref="CapturingExecutor"/>.</summary>
internal sealed class SavingInterceptor(Capture capture) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (eventData.Context is { } context) Begin(context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(SavingChanges(eventData, result));

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (eventData.Context is { } context) Sync.Wait(End(context, isAsync: false));
        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context) await End(context, isAsync: true).ConfigureAwait(false);
        return result;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Forget(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Forget(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    private static void Forget(DbContext? context)
    {
        if (context is not null) ContextState.Find(context)?.End(context);
    }

    private void Begin(DbContext context)
    {
        if (!capture.WantsChanges(context)) return;
        if (context.GetService<IBatchExecutor>() is not CapturingExecutor)
            throw new InvalidOperationException(
                $"{context.GetType().Name}: found EF's service IBatchExecutor replaced behind UseEzAudit, wanted it as the provider has it: no change would be recorded.");
        ContextState state = ContextState.Of(context);
        state.Begin();
        if (!capture.Options.Outbox || context.Database.AutoTransactionBehavior == AutoTransactionBehavior.Always) return;
        // One command needs no transaction; a command and the record beside it do.
        state.Behavior = context.Database.AutoTransactionBehavior;
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    private async ValueTask End(DbContext context, bool isAsync)
    {
        if (ContextState.Find(context) is not { IsSaving: true } state) return;
        (CapturedChanges? changes, RecordBatch? stored) = (state.Changes, state.Stored);
        state.End(context);
        if (stored is null && changes is null) return;
        RecordBatch batch = stored ?? await capture.Store(context, changes!.Prepare(capture.WriterOf(context)), isAsync).ConfigureAwait(false);
        await TransactionRecords.WriteAfterCommit(context, batch, isAsync).ConfigureAwait(false);
    }
}
