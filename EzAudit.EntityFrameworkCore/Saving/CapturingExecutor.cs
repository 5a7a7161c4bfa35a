using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>
/// Catches the changes of <c>SaveChanges</c> just before its commands are carried out: EF has detected them and settled what becomes of
/// dependents, and the old values are still there. No interceptor of EF's is called at this moment but that of the first command.
/// </summary>
internal sealed class CapturingExecutor(IBatchExecutor provider, Capture capture, ICurrentDbContext current, IUpdateAdapterFactory tracker) : IBatchExecutor
{
    public int Execute(IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection)
    {
        Catch();
        return provider.Execute(commandBatches, connection);
    }

    public Task<int> ExecuteAsync(
        IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection, CancellationToken cancellationToken = default)
    {
        Catch();
        return provider.ExecuteAsync(commandBatches, connection, cancellationToken);
    }

    // An execution strategy may come here again: what was caught first is right.
    private void Catch()
    {
        if (ContextState.Find(current.Context) is { IsSaving: true, Changes: null } state)
            state.Changes = CapturedChanges.Of(tracker.Create().Entries, capture.Options);
    }
}
