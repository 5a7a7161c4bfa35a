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

    public override void CreateSavepoint(string name) => Sync.Wait(_savepoints.Do(SavepointAction.Create, name, isAsync: false, CancellationToken.None));

    public override Task CreateSavepointAsync(string name, CancellationToken cancellationToken = default) =>
        _savepoints.Do(SavepointAction.Create, name, isAsync: true, cancellationToken).AsTask();

    public override void RollbackToSavepoint(string name) => Sync.Wait(_savepoints.Do(SavepointAction.RollbackTo, name, isAsync: false, CancellationToken.None));

    public override Task RollbackToSavepointAsync(string name, CancellationToken cancellationToken = default) =>
        _savepoints.Do(SavepointAction.RollbackTo, name, isAsync: true, cancellationToken).AsTask();

    public override void ReleaseSavepoint(string name) => Sync.Wait(_savepoints.Do(SavepointAction.Release, name, isAsync: false, CancellationToken.None));

    public override Task ReleaseSavepointAsync(string name, CancellationToken cancellationToken = default) =>
        _savepoints.Do(SavepointAction.Release, name, isAsync: true, cancellationToken).AsTask();

    // Same as EF, except for the records: no other code runs between the commit and writing them.
    private async ValueTask Commit(bool isAsync, CancellationToken cancellationToken)
    {
        ContextState? state = ContextState.Find(Connection.Context);
        Save? save = state?.Running;
        EventTime time = EventTime.Begin();
        AuditAfterCommitException? missed;
        try
        {
            InterceptionResult result = isAsync
                ? await Logger.TransactionCommittingAsync(Connection, _transaction, TransactionId, time.Start, cancellationToken).ConfigureAwait(false)
                : Logger.TransactionCommitting(Connection, _transaction, TransactionId, time.Start);
            if (save is not null) await save.AddTo(_records, isAsync).ConfigureAwait(false);
            if (!result.IsSuppressed) await CommitInDatabase(isAsync, cancellationToken).ConfigureAwait(false);
            missed = await _records.Committed(isAsync).ConfigureAwait(false);
            if (isAsync) await Logger.TransactionCommittedAsync(Connection, _transaction, TransactionId, time.Start, time.Elapsed, cancellationToken).ConfigureAwait(false);
            else Logger.TransactionCommitted(Connection, _transaction, TransactionId, time.Start, time.Elapsed);
        }
        catch (Exception failure)
        {
            await Failed(failure, time, isAsync).ConfigureAwait(false);
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

    private async ValueTask Failed(Exception failure, EventTime time, bool isAsync)
    {
        if (isAsync) await Logger.TransactionErrorAsync(Connection, _transaction, TransactionId, nameof(Commit), failure, time.Start, time.Elapsed).ConfigureAwait(false);
        else Logger.TransactionError(Connection, _transaction, TransactionId, nameof(Commit), failure, time.Start, time.Elapsed);
    }

    private bool IsCurrent() => Connection.CurrentTransaction == this;

    // A commit or rollback has already ended the records; any other end of the transaction discards them.
    private void Ended()
    {
        if (_isOwned) _records.End();
        else _records.Left();
    }
}

/// <summary>When an operation began and how long it has taken, for EF's events. By the system's clock, as EF's own events are.</summary>
internal readonly record struct EventTime(DateTimeOffset Start, long Began)
{
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Began);

    public static EventTime Begin() => new(TimeProvider.System.GetUtcNow(), Stopwatch.GetTimestamp());
}
