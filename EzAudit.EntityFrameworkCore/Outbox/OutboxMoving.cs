using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>Moves the outbox of a context, on its connection.</summary>
internal static class OutboxMoving
{
    // SQLite waits that long for others who write.
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
        if (isAsync) await context.Database.OpenConnectionAsync().ConfigureAwait(false);
        else context.Database.OpenConnection();
        try
        {
            var mover = new OutboxMover(writer, table);
            return (await mover.Move(isAsync).ConfigureAwait(false), mover.ForeignRows);
        }
        finally
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Deletes rows whose records are written, when there are many. To be called when a transaction has ended.</summary>
    public static async ValueTask RemoveWritten(DbContext context, OutboxOwner owner, bool isAsync)
    {
        var table = new OutboxTable(context);
        IReadOnlyList<string> ids = owner.Rows.ToDelete(table.Database);
        if (ids.Count == 0) return;
        try
        {
            if (isAsync) await context.Database.OpenConnectionAsync().ConfigureAwait(false);
            else context.Database.OpenConnection();
            try
            {
                await owner.Remove(table.WithTimeout(SecondsToRemove), ids, isAsync).ConfigureAwait(false);
            }
            finally
            {
                if (isAsync) await context.Database.CloseConnectionAsync().ConfigureAwait(false);
                else context.Database.CloseConnection();
            }
        }
        catch (Exception)
        {
            // The application's change is committed and on record: what is left over in the outbox must not make it fail, and can go later.
        }
    }
}
