using EzAudit;
using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.EntityFrameworkCore.Transactions;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Moves the records of an outbox to the log.</summary>
public static class EzAuditDbContextExtensions
{
    /// <summary>
    /// Writes what the outbox in the context's database holds of processes that died, and of writing that failed, and deletes what is on disk. To be called at
    /// the start of an application; <c>AddOutbox</c> does it in a host.
    /// </summary>
    /// <remarks>
    /// A record that is in the log is not written again, where the log's format can be read back (classic and json); else it may come twice, with the same
    /// <c>Change ID</c>. Rows of another host or log directory are left alone.
    /// </remarks>
    /// <param name="context">The context; not in a transaction.</param>
    /// <param name="writer">Where records go; the context's host's, or the current one without it.</param>
    /// <returns>How many records were written.</returns>
    public static int MoveAuditOutbox(this DbContext context, AuditWriter? writer = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Moving(context, writer, isAsync: false).AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="MoveAuditOutbox"/>
    public static async Task<int> MoveAuditOutboxAsync(this DbContext context, AuditWriter? writer = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await Moving(context, writer, isAsync: true).ConfigureAwait(false);
    }

    private static ValueTask<int> Moving(DbContext context, AuditWriter? writer, bool isAsync) => TransactionRecords.IsInTransaction(context)
        ? throw new InvalidOperationException($"{context.GetType().Name}: the outbox cannot be moved inside a transaction, where rows that are not committed can be seen.")
        : OutboxMoving.Move(context, writer ?? Writers.Of(context), isAsync);
}
