using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Wraps EF's command logger, which notifies logs, diagnostic listeners and interceptors. Any of them may throw.</summary>
/// <param name="inner">EF's logger.</param>
internal abstract class CommandLogger(IRelationalCommandDiagnosticsLogger inner) : IRelationalCommandDiagnosticsLogger
{
    public ILoggingOptions Options => inner.Options;

    public LoggingDefinitions Definitions => inner.Definitions;

    public ILogger Logger => inner.Logger;

    public DiagnosticSource DiagnosticSource => inner.DiagnosticSource;

    public IDbContextLogger DbContextLogger => inner.DbContextLogger;

    public IInterceptors? Interceptors => inner.Interceptors;

    public bool ShouldLogSensitiveData() => inner.ShouldLogSensitiveData();

    public bool ShouldLogCommandCreate(DateTimeOffset now) => inner.ShouldLogCommandCreate(now);

    public virtual bool ShouldLogCommandExecute(DateTimeOffset now) => inner.ShouldLogCommandExecute(now);

    public virtual bool ShouldLogDataReaderClose(DateTimeOffset now) => inner.ShouldLogDataReaderClose(now);

    public virtual bool ShouldLogDataReaderDispose(DateTimeOffset now) => inner.ShouldLogDataReaderDispose(now);

    public InterceptionResult<DbCommand> CommandCreating(
        IRelationalConnection connection, DbCommandMethod commandMethod, DbContext? context, Guid commandId, Guid connectionId, DateTimeOffset startTime,
        CommandSource commandSource) =>
        inner.CommandCreating(connection, commandMethod, context, commandId, connectionId, startTime, commandSource);

    public DbCommand CommandCreated(
        IRelationalConnection connection, DbCommand command, DbCommandMethod commandMethod, DbContext? context, Guid commandId, Guid connectionId,
        DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        inner.CommandCreated(connection, command, commandMethod, context, commandId, connectionId, startTime, duration, commandSource);

    public DbCommand CommandInitialized(
        IRelationalConnection connection, DbCommand command, DbCommandMethod commandMethod, DbContext? context, Guid commandId, Guid connectionId,
        DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        inner.CommandInitialized(connection, command, commandMethod, context, commandId, connectionId, startTime, duration, commandSource);

    public InterceptionResult<DbDataReader> CommandReaderExecuting(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DateTimeOffset startTime, CommandSource commandSource) =>
        inner.CommandReaderExecuting(connection, command, logCommandText, context, commandId, connectionId, startTime, commandSource);

    public ValueTask<InterceptionResult<DbDataReader>> CommandReaderExecutingAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DateTimeOffset startTime, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        inner.CommandReaderExecutingAsync(connection, command, logCommandText, context, commandId, connectionId, startTime, commandSource, cancellationToken);

    public InterceptionResult<object> CommandScalarExecuting(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DateTimeOffset startTime, CommandSource commandSource) =>
        inner.CommandScalarExecuting(connection, command, logCommandText, context, commandId, connectionId, startTime, commandSource);

    public ValueTask<InterceptionResult<object>> CommandScalarExecutingAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DateTimeOffset startTime, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        inner.CommandScalarExecutingAsync(connection, command, logCommandText, context, commandId, connectionId, startTime, commandSource, cancellationToken);

    public InterceptionResult<int> CommandNonQueryExecuting(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DateTimeOffset startTime, CommandSource commandSource) =>
        inner.CommandNonQueryExecuting(connection, command, logCommandText, context, commandId, connectionId, startTime, commandSource);

    public ValueTask<InterceptionResult<int>> CommandNonQueryExecutingAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DateTimeOffset startTime, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        inner.CommandNonQueryExecutingAsync(connection, command, logCommandText, context, commandId, connectionId, startTime, commandSource, cancellationToken);

    public virtual DbDataReader CommandReaderExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DbDataReader methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        inner.CommandReaderExecuted(connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource);

    public virtual ValueTask<DbDataReader> CommandReaderExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        DbDataReader methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        inner.CommandReaderExecutedAsync(connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource,
            cancellationToken);

    public virtual object? CommandScalarExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        object? methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        inner.CommandScalarExecuted(connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource);

    public virtual ValueTask<object?> CommandScalarExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId,
        object? methodResult, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        inner.CommandScalarExecutedAsync(connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource,
            cancellationToken);

    public virtual int CommandNonQueryExecuted(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId, int methodResult,
        DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        inner.CommandNonQueryExecuted(connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource);

    public virtual ValueTask<int> CommandNonQueryExecutedAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, Guid commandId, Guid connectionId, int methodResult,
        DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        inner.CommandNonQueryExecutedAsync(connection, command, logCommandText, context, commandId, connectionId, methodResult, startTime, duration, commandSource,
            cancellationToken);

    public void CommandError(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, DbCommandMethod executeMethod, Guid commandId,
        Guid connectionId, Exception exception, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        inner.CommandError(connection, command, logCommandText, context, executeMethod, commandId, connectionId, exception, startTime, duration, commandSource);

    public Task CommandErrorAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, DbCommandMethod executeMethod, Guid commandId,
        Guid connectionId, Exception exception, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource,
        CancellationToken cancellationToken = default) =>
        inner.CommandErrorAsync(connection, command, logCommandText, context, executeMethod, commandId, connectionId, exception, startTime, duration,
            commandSource, cancellationToken);

    public void CommandCanceled(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, DbCommandMethod executeMethod, Guid commandId,
        Guid connectionId, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource) =>
        inner.CommandCanceled(connection, command, logCommandText, context, executeMethod, commandId, connectionId, startTime, duration, commandSource);

    public Task CommandCanceledAsync(
        IRelationalConnection connection, DbCommand command, string logCommandText, DbContext? context, DbCommandMethod executeMethod, Guid commandId,
        Guid connectionId, DateTimeOffset startTime, TimeSpan duration, CommandSource commandSource, CancellationToken cancellationToken = default) =>
        inner.CommandCanceledAsync(connection, command, logCommandText, context, executeMethod, commandId, connectionId, startTime, duration, commandSource,
            cancellationToken);

    public virtual InterceptionResult DataReaderClosing(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount,
        DateTimeOffset startTime) =>
        inner.DataReaderClosing(connection, command, dataReader, commandId, recordsAffected, readCount, startTime);

    public virtual ValueTask<InterceptionResult> DataReaderClosingAsync(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount,
        DateTimeOffset startTime) =>
        inner.DataReaderClosingAsync(connection, command, dataReader, commandId, recordsAffected, readCount, startTime);

    public virtual InterceptionResult DataReaderDisposing(
        IRelationalConnection connection, DbCommand command, DbDataReader dataReader, Guid commandId, int recordsAffected, int readCount,
        DateTimeOffset startTime, TimeSpan duration) =>
        inner.DataReaderDisposing(connection, command, dataReader, commandId, recordsAffected, readCount, startTime, duration);
}
