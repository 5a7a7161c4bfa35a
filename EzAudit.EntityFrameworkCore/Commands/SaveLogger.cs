using System.Data.Common;
using EzAudit.EntityFrameworkCore.Saving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>
/// Notifies others of the commands of <c>SaveChanges</c>. If a command commits by itself, an exception that they throw is deferred until EF has
/// read the values that the database generated; only then can the row be recorded.
/// </summary>
internal sealed class SaveLogger(IRelationalCommandDiagnosticsLogger inner) : CommandLogger(inner)
{
    private readonly IRelationalCommandDiagnosticsLogger _inner = inner;

    public override int CommandNonQueryExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        int methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource)
    {
        try
        {
            return _inner.CommandNonQueryExecuted(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource);
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return methodResult;
        }
    }

    public override async ValueTask<int> CommandNonQueryExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        int methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _inner.CommandNonQueryExecutedAsync(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return methodResult;
        }
    }

    public override DbDataReader CommandReaderExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DbDataReader methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource)
    {
        try
        {
            return _inner.CommandReaderExecuted(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource);
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return methodResult;
        }
    }

    public override async ValueTask<DbDataReader> CommandReaderExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DbDataReader methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _inner.CommandReaderExecutedAsync(
                connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return methodResult;
        }
    }

    public override InterceptionResult DataReaderClosing(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount, DateTimeOffset startTime)
    {
        try
        {
            return _inner.DataReaderClosing(connection, command, dataReader, commandId, recordsAffected, readCount, startTime);
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return default;
        }
    }

    public override async ValueTask<InterceptionResult> DataReaderClosingAsync(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount, DateTimeOffset startTime)
    {
        try
        {
            return await _inner.DataReaderClosingAsync(connection, command, dataReader, commandId, recordsAffected, readCount, startTime).ConfigureAwait(false);
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return default;
        }
    }

    public override InterceptionResult DataReaderDisposing(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount,
        DateTimeOffset startTime, TimeSpan duration)
    {
        try
        {
            return _inner.DataReaderDisposing(connection, command, dataReader, commandId, recordsAffected, readCount, startTime, duration);
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return default;
        }
    }

    private static bool Defers(IRelationalConnection connection, Exception failure) =>
        ContextState.Find(connection.Context)?.Running is { } save && save.TryDefer(connection, failure);
}
