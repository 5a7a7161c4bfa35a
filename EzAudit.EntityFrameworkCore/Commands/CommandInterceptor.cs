using System.Data.Common;
using EzAudit.EntityFrameworkCore.Saving;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Sees the commands: statements that change rows by themselves, and queries. Those of <c>SaveChanges</c> pass by it.</summary>
internal sealed class CommandInterceptor(Capture capture) : DbCommandInterceptor
{
    private readonly StatementCapture _statements = new(capture);
    private readonly QueryCapture _queries = new(capture);

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Transactions.Sync.Wait(Executed(command, eventData, result, isAsync: false));
        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await Executed(command, eventData, result, isAsync: true).ConfigureAwait(false);
        return result;
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        if (IsQuery(eventData.CommandSource) && eventData.Context is { } context) _queries.Begin(context, command, result);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ReaderExecuted(command, eventData, result));

    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        if (eventData.Context is { } context) _queries.End(context, command, eventData);
        return result;
    }

    private static bool IsQuery(CommandSource source) => source is CommandSource.LinqQuery or CommandSource.FromSqlQuery;

    private ValueTask Executed(DbCommand command, CommandExecutedEventData eventData, int rows, bool isAsync) =>
        eventData.CommandSource is CommandSource.ExecuteSqlRaw or CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete && eventData.Context is { } context
            ? _statements.Executed(context, command, rows, eventData.Duration, isAsync)
            : ValueTask.CompletedTask;
}
