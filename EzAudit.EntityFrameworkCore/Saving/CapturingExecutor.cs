using EzAudit.EntityFrameworkCore.Transactions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>
/// Captures the changes of <c>SaveChanges</c> just before its commands run, when EF has detected changes and handled dependents but still has the
/// old values. The only interceptor that EF calls at this point is that of the first command.
/// </summary>
internal sealed class CapturingExecutor(IBatchExecutor provider, Capture capture, ICurrentDbContext current, IUpdateAdapterFactory tracker, IInterceptors others)
    : IBatchExecutor
{
    public int Execute(IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection)
    {
        if (!capture.WantsChanges(current.Context)) return provider.Execute(commandBatches, connection);
        using Save save = Begin(isCancelable: false);
        int rows;
        try
        {
            rows = provider.Execute(save.Follow(commandBatches), connection);
        }
        catch
        {
            Sync.Wait(save.BrokenOff(isAsync: false));
            throw;
        }
        Sync.Wait(save.CommandsHaveRun(isAsync: false));
        return rows;
    }

    public async Task<int> ExecuteAsync(
        IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection, CancellationToken cancellationToken = default)
    {
        if (!capture.WantsChanges(current.Context)) return await provider.ExecuteAsync(commandBatches, connection, cancellationToken).ConfigureAwait(false);
        using Save save = Begin(cancellationToken.CanBeCanceled);
        int rows;
        try
        {
            rows = await provider.ExecuteAsync(save.Follow(commandBatches), connection, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await save.BrokenOff(isAsync: true).ConfigureAwait(false);
            throw;
        }
        await save.CommandsHaveRun(isAsync: true).ConfigureAwait(false);
        return rows;
    }

    private Save Begin(bool isCancelable)
    {
        var changes = CapturedChanges.Of(tracker.Create().Entries, capture.Options);
        return Save.Begin(current.Context, capture, changes, mayBreakOff: isCancelable || others.Aggregate<IDbCommandInterceptor>() is not null);
    }
}
