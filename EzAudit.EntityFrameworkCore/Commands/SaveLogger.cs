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
        int methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        Defer(connection, methodResult, () => _inner.CommandNonQueryExecuted(
            connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource));

    public override ValueTask<int> CommandNonQueryExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        int methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        DeferAsync(connection, methodResult, () => _inner.CommandNonQueryExecutedAsync(
            connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource, cancellationToken));

    public override DbDataReader CommandReaderExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DbDataReader methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        Defer(connection, methodResult, () => _inner.CommandReaderExecuted(
            connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource));

    public override ValueTask<DbDataReader> CommandReaderExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DbDataReader methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        DeferAsync(connection, methodResult, () => _inner.CommandReaderExecutedAsync(
            connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource, cancellationToken));

    public override InterceptionResult DataReaderClosing(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount, DateTimeOffset startTime) =>
        Defer(connection, default, () => _inner.DataReaderClosing(
            connection, command, dataReader, commandId, recordsAffected, readCount, startTime));

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount, DateTimeOffset startTime) =>
        DeferAsync(connection, default, () => _inner.DataReaderClosingAsync(
            connection, command, dataReader, commandId, recordsAffected, readCount, startTime));

    public override InterceptionResult DataReaderDisposing(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount,
        DateTimeOffset startTime, TimeSpan duration) =>
        Defer(connection, default, () => _inner.DataReaderDisposing(
            connection, command, dataReader, commandId, recordsAffected, readCount, startTime, duration));

    private static T Defer<T>(IRelationalConnection connection, T result, Func<T> notify)
    {
        try
        {
            return notify();
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return result;
        }
    }

    private static async ValueTask<T> DeferAsync<T>(IRelationalConnection connection, T result, Func<ValueTask<T>> notify)
    {
        try
        {
            return await notify().ConfigureAwait(false);
        }
        catch (Exception failure) when (Defers(connection, failure))
        {
            return result;
        }
    }

    private static bool Defers(IRelationalConnection connection, Exception failure) =>
        ContextState.Find(connection.Context)?.Running is { } save && save.TryDefer(connection, failure);
}
