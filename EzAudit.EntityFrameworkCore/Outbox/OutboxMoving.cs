using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>Moves the outbox of a context, on its connection.</summary>
internal static class OutboxMoving
{
    public static async ValueTask<int> Move(DbContext context, AuditWriter writer, bool isAsync)
    {
        var table = new OutboxTable(context);
        if (isAsync) await context.Database.OpenConnectionAsync().ConfigureAwait(false);
        else context.Database.OpenConnection();
        try
        {
            return await new OutboxMover(writer, table).Move(isAsync).ConfigureAwait(false);
        }
        finally
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }
}
