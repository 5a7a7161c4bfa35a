using System.Data.Common;
using EzAudit.EntityFrameworkCore.Saving;
using EzAudit.EntityFrameworkCore.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>
/// Records commands other than those of <c>SaveChanges</c>: statements that change rows themselves, and queries. Records a statement before anyone
/// else is notified: EF calls logs and diagnostic listeners before interceptors, and one that throws would keep an interceptor from being called.
/// </summary>
internal sealed class StatementLogger : CommandLogger
{
    private const int NotCounted = -1;

    private readonly IRelationalCommandDiagnosticsLogger _inner;
    private readonly StatementCapture _statements;
    private readonly QueryCapture _queries;

    public StatementLogger(IRelationalCommandDiagnosticsLogger inner, Capture capture) : base(inner)
    {
        _inner = inner;
        _statements = new StatementCapture(capture);
        _queries = new QueryCapture(capture, _statements);
    }

    /// <summary>EF's own logger, unwrapped if necessary.</summary>
    public static IRelationalCommandDiagnosticsLogger ProvidersOf(IRelationalCommandDiagnosticsLogger logger) => (logger as StatementLogger)?._inner ?? logger;

    // EF reports commands and readers only if this is true.
    public override bool ShouldLogCommandExecute(DateTimeOffset now) => true;

    public override bool ShouldLogDataReaderClose(DateTimeOffset now) => true;

    public override bool ShouldLogDataReaderDispose(DateTimeOffset now) => true;

    public override int CommandNonQueryExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        int methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        Notify(
            IsApplications(commandSource) ? Executed(context, command, methodResult, duration, isAsync: false) : default,
            () => _inner.CommandNonQueryExecuted(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource));

    public override ValueTask<int> CommandNonQueryExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        int methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        NotifyAsync(
            IsApplications(commandSource) ? Executed(context, command, methodResult, duration, isAsync: true) : default,
            () => _inner.CommandNonQueryExecutedAsync(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource, cancellationToken));

    public override object? CommandScalarExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        object? methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        Notify(
            IsApplicationsScalar(commandSource) ? Executed(context, command, NotCounted, duration, isAsync: false) : default,
            () => _inner.CommandScalarExecuted(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource));

    public override ValueTask<object?> CommandScalarExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        object? methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        NotifyAsync(
            IsApplicationsScalar(commandSource) ? Executed(context, command, NotCounted, duration, isAsync: true) : default,
            () => _inner.CommandScalarExecutedAsync(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource, cancellationToken));

    public override DbDataReader CommandReaderExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DbDataReader methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource)
    {
        DbDataReader result;
        try
        {
            result = _inner.CommandReaderExecuted(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource);
        }
        catch when (IsApplications(commandSource))
        {
            Sync.Wait(Abandoned(context, command, isAsync: false));
            throw;
        }
        if (IsApplications(commandSource) && context is not null) _queries.Begin(context, command, result);
        return result;
    }

    public override async ValueTask<DbDataReader> CommandReaderExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DbDataReader methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default)
    {
        DbDataReader result;
        try
        {
            result = await _inner.CommandReaderExecutedAsync(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource, cancellationToken)
                .ConfigureAwait(false);
        }
        catch when (IsApplications(commandSource))
        {
            await Abandoned(context, command, isAsync: true).ConfigureAwait(false);
            throw;
        }
        if (IsApplications(commandSource) && context is not null) _queries.Begin(context, command, result);
        return result;
    }

    public override InterceptionResult DataReaderClosing(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount, DateTimeOffset startTime)
    {
        QueryCapture.Closing(connection.Context, dataReader, readCount);
        return _inner.DataReaderClosing(connection, command, dataReader, commandId, recordsAffected, readCount, startTime);
    }

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount, DateTimeOffset startTime)
    {
        QueryCapture.Closing(connection.Context, dataReader, readCount);
        return _inner.DataReaderClosingAsync(connection, command, dataReader, commandId, recordsAffected, readCount, startTime);
    }

    public override InterceptionResult DataReaderDisposing(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount,
        DateTimeOffset startTime, TimeSpan duration)
    {
        InterceptionResult result;
        try
        {
            _queries.End(connection.Context, command, new ReaderEnd(dataReader, recordsAffected, duration));
        }
        finally
        {
            result = _inner.DataReaderDisposing(connection, command, dataReader, commandId, recordsAffected, readCount, startTime, duration);
        }
        return result;
    }

    // Notifies the others after the command is recorded, or could not be.
    private static T Notify<T>(ValueTask recorded, Func<T> notify)
    {
        T result;
        try
        {
            Sync.Wait(recorded);
        }
        finally
        {
            result = notify();
        }
        return result;
    }

    private static async ValueTask<T> NotifyAsync<T>(ValueTask recorded, Func<ValueTask<T>> notify)
    {
        T result;
        try
        {
            await recorded.ConfigureAwait(false);
        }
        finally
        {
            result = await notify().ConfigureAwait(false);
        }
        return result;
    }

    private static bool IsApplications(CommandSource source) =>
        source is not (CommandSource.SaveChanges or CommandSource.Migrations or CommandSource.Scaffolding or CommandSource.ValueGenerator);

    // Providers query the database catalog, for example to find out whether it has tables, with scalar commands that have no source.
    private static bool IsApplicationsScalar(CommandSource source) => source != CommandSource.Unknown && IsApplications(source);

    private ValueTask Executed(DbContext? context, DbCommand command, int rows, TimeSpan duration, bool isAsync) =>
        context is null ? ValueTask.CompletedTask : _statements.Executed(context, command, rows, duration, isAsync);

    // The database has run the command, and no one will read its rows.
    private ValueTask Abandoned(DbContext? context, DbCommand command, bool isAsync)
    {
        if (context is null || CommandChanges.Of(context, command.CommandText) is not { Count: > 0 } changes) return ValueTask.CompletedTask;
        return _statements.Changed(context, command, changes, NotCounted, isAsync);
    }
}
