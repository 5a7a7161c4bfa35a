using EzAudit;
using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.EntityFrameworkCore.Transactions;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Moves the records of an outbox to the log.</summary>
public static class EzAuditDbContextExtensions
{
    /// <summary>
    /// Writes the records that dead processes or failed writes left in the outbox of the context's database, and deletes those that are on disk.
    /// Call it when the application starts; in a host, <c>AddOutbox</c> does.
    /// </summary>
    /// <remarks>
    /// A record that is already in the log is not written again if the log's format can be read back (classic and json). Otherwise it may appear
    /// twice, with the same <c>Change ID</c>. Rows of other hosts or log directories are left alone.
    /// </remarks>
    /// <param name="context">The context, which must not be in a transaction.</param>
    /// <param name="writer">Where records go; defaults to the writer of the context's host, or to the current one.</param>
    /// <returns>The number of records written.</returns>
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
        ? throw new InvalidOperationException($"{context.GetType().Name}: the outbox cannot be moved inside a transaction, where uncommitted rows are visible. Move it outside.")
        : OutboxMoving.Move(context, writer ?? Writers.Of(context), isAsync);
}
