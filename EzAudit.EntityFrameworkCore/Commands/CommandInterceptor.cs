using System.Data.Common;
using EzAudit.EntityFrameworkCore.Saving;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Sees the commands: statements that change rows by themselves, and queries. Those of <c>SaveChanges</c> pass by it.</summary>
internal sealed class CommandInterceptor : DbCommandInterceptor
{
    private const int NotCounted = -1;

    private readonly StatementCapture _statements;
    private readonly QueryCapture _queries;

    public CommandInterceptor(Capture capture)
    {
        _statements = new StatementCapture(capture);
        _queries = new QueryCapture(capture, _statements);
    }

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

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        if (!IsOfProvider(eventData.CommandSource)) Transactions.Sync.Wait(Executed(command, eventData, NotCounted, isAsync: false));
        return result;
    }

    public override async ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        if (!IsOfProvider(eventData.CommandSource)) await Executed(command, eventData, NotCounted, isAsync: true).ConfigureAwait(false);
        return result;
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        if (IsApplications(eventData.CommandSource) && eventData.Context is { } context) _queries.Begin(context, command, result);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ReaderExecuted(command, eventData, result));

    public override InterceptionResult DataReaderClosing(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        if (eventData.Context is { } context) QueryCapture.Closing(context, eventData.DataReader, eventData.ReadCount);
        return result;
    }

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(
        DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result) =>
        ValueTask.FromResult(DataReaderClosing(command, eventData, result));

    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        if (eventData.Context is { } context) _queries.End(context, command, eventData);
        return result;
    }

    // Providers look into the catalog of the database, whether it has tables, by scalars for which they name no source.
    private static bool IsOfProvider(CommandSource source) => source == CommandSource.Unknown;

    private static bool IsApplications(CommandSource source) =>
        source is not (CommandSource.SaveChanges or CommandSource.Migrations or CommandSource.Scaffolding or CommandSource.ValueGenerator);

    private ValueTask Executed(DbCommand command, CommandExecutedEventData eventData, int rows, bool isAsync) =>
        IsApplications(eventData.CommandSource) && eventData.Context is { } context
            ? _statements.Executed(context, command, rows, eventData.Duration, isAsync)
            : ValueTask.CompletedTask;
}
