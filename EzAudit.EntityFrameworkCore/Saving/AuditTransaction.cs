using System.Data.Common;
using System.Diagnostics;
using EzAudit.EntityFrameworkCore.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>A provider's transaction that writes the records of its changes as soon as it commits, and keeps track of its savepoints.</summary>
/// <remarks>
/// An interceptor is not enough: earlier ones may throw, EF calls none when a transaction is disposed of, and none gets the name of the savepoint.
/// </remarks>
internal sealed class AuditTransaction : RelationalTransaction
{
    private readonly RelationalTransaction _inner;
    private readonly DbTransaction _transaction;
    private readonly TransactionRecords _records;
    private readonly Savepoints _savepoints;
    private readonly bool _isOwned;

    public AuditTransaction(
        RelationalTransaction inner, TransactionParts parts, IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger, ISqlGenerationHelper sql)
        : base(parts.Connection, parts.Transaction, parts.Id, logger, parts.IsOwned, sql)
    {
        _inner = inner;
        _transaction = parts.Transaction;
        _isOwned = parts.IsOwned;
        _records = parts.IsOwned ? TransactionRecords.Begin(_transaction, IsCurrent) : TransactionRecords.Join(_transaction, IsCurrent);
        _savepoints = new Savepoints(inner, parts, logger, _records);
    }

    public override bool SupportsSavepoints => _inner.SupportsSavepoints;

    public override void Commit() => Sync.Wait(Commit(isAsync: false, CancellationToken.None));

    public override Task CommitAsync(CancellationToken cancellationToken = default) => Commit(isAsync: true, cancellationToken).AsTask();

    public override void Rollback()
    {
        base.Rollback();
        _records.End();
    }

    public override async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        await base.RollbackAsync(cancellationToken).ConfigureAwait(false);
        _records.End();
    }

    public override void Dispose()
    {
        base.Dispose();
        Ended();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        Ended();
    }

    public override void CreateSavepoint(string name) => Sync.Wait(Do(SavepointAction.Create, name, isAsync: false, CancellationToken.None));

    public override Task CreateSavepointAsync(string name, CancellationToken cancellationToken = default) =>
        Do(SavepointAction.Create, name, isAsync: true, cancellationToken).AsTask();

    public override void RollbackToSavepoint(string name) => Sync.Wait(Do(SavepointAction.RollbackTo, name, isAsync: false, CancellationToken.None));

    public override Task RollbackToSavepointAsync(string name, CancellationToken cancellationToken = default) =>
        Do(SavepointAction.RollbackTo, name, isAsync: true, cancellationToken).AsTask();

    public override void ReleaseSavepoint(string name) => Sync.Wait(Do(SavepointAction.Release, name, isAsync: false, CancellationToken.None));

    public override Task ReleaseSavepointAsync(string name, CancellationToken cancellationToken = default) =>
        Do(SavepointAction.Release, name, isAsync: true, cancellationToken).AsTask();

    // Same as EF, except for the records: no other code runs between the commit and writing them.
    private async ValueTask Commit(bool isAsync, CancellationToken cancellationToken)
    {
        ContextState? state = ContextState.Find(Connection.Context);
        Save? save = state?.Running;
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        long began = Stopwatch.GetTimestamp();
        AuditAfterCommitException? missed;
        try
        {
            InterceptionResult result = isAsync
                ? await Logger.TransactionCommittingAsync(Connection, _transaction, TransactionId, start, cancellationToken).ConfigureAwait(false)
                : Logger.TransactionCommitting(Connection, _transaction, TransactionId, start);
            if (save is not null) await save.AddTo(_records, isAsync).ConfigureAwait(false);
            if (!result.IsSuppressed) await CommitInDatabase(isAsync, cancellationToken).ConfigureAwait(false);
            missed = await _records.Committed(isAsync).ConfigureAwait(false);
            TimeSpan duration = Stopwatch.GetElapsedTime(began);
            if (isAsync) await Logger.TransactionCommittedAsync(Connection, _transaction, TransactionId, start, duration, cancellationToken).ConfigureAwait(false);
            else Logger.TransactionCommitted(Connection, _transaction, TransactionId, start, duration);
        }
        catch (Exception failure)
        {
            await Failed(nameof(Commit), failure, (start, began), isAsync).ConfigureAwait(false);
            throw;
        }
        if (isAsync) await ClearTransactionAsync(cancellationToken).ConfigureAwait(false);
        else ClearTransaction();
        if (state?.Capture is { } capture) await capture.Tidy(Connection.Context, isAsync).ConfigureAwait(false);
        if (missed is null) return;
        if (save is { IsHandedOver: true }) save.Failure = missed;
        else throw missed;
    }

    // A commit that has begun is never canceled, because no one would know whether there is something to record.
    private async ValueTask CommitInDatabase(bool isAsync, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (isAsync) await _transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        else _transaction.Commit();
    }

    private async ValueTask Do(SavepointAction action, string name, bool isAsync, CancellationToken cancellationToken)
    {
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        long began = Stopwatch.GetTimestamp();
        try
        {
            await _savepoints.Do(action, name, isAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await Failed($"{action}Savepoint", failure, (start, began), isAsync).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask Failed(string action, Exception failure, (DateTimeOffset Start, long Began) since, bool isAsync)
    {
        TimeSpan duration = Stopwatch.GetElapsedTime(since.Began);
        if (isAsync) await Logger.TransactionErrorAsync(Connection, _transaction, TransactionId, action, failure, since.Start, duration).ConfigureAwait(false);
        else Logger.TransactionError(Connection, _transaction, TransactionId, action, failure, since.Start, duration);
    }

    private bool IsCurrent() => Connection.CurrentTransaction == this;

    // A commit or rollback has already ended the records; any other end of the transaction discards them.
    private void Ended()
    {
        if (_isOwned) _records.End();
        else _records.Left();
    }
}
