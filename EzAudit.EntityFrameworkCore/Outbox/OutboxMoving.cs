using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>Moves the outbox of a context to the log, on the context's connection.</summary>
internal static class OutboxMoving
{
    // This is how long SQLite waits for other writers.
    private const int SecondsToRemove = 1;

    public static async ValueTask<int> Move(DbContext context, AuditWriter writer, bool isAsync)
    {
        OutboxHealth health = OutboxHealth.Of(writer);
        string name = context.GetType().Name;
        health.Moving(name);
        try
        {
            (int moved, ForeignRows foreign) = await MoveAll(context, writer, isAsync).ConfigureAwait(false);
            health.Moved(name, foreign);
            return moved;
        }
        catch (Exception failure)
        {
            health.NotMoved(name, failure);
            throw;
        }
    }

    private static async ValueTask<(int Moved, ForeignRows Foreign)> MoveAll(DbContext context, AuditWriter writer, bool isAsync)
    {
        var table = new OutboxTable(context);
        return await table.WhileOpen(Move, isAsync).ConfigureAwait(false);

        async ValueTask<(int, ForeignRows)> Move()
        {
            var mover = new OutboxMover(writer, table);
            return (await mover.Move(isAsync).ConfigureAwait(false), mover.ForeignRows);
        }
    }

    /// <summary>Deletes rows whose records are written, once there are many. Call it after a transaction has ended.</summary>
    public static async ValueTask RemoveWritten(DbContext context, OutboxOwner owner, bool isAsync)
    {
        var table = new OutboxTable(context);
        IReadOnlyList<string> ids = owner.Rows.ToDelete(table.Database);
        if (ids.Count == 0) return;
        try
        {
            await table.WhileOpen(() => owner.Remove(table.WithTimeout(SecondsToRemove), ids, isAsync), isAsync).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The change is committed and recorded. Rows left in the outbox must not make it fail; they can be deleted later.
        }
    }
}
