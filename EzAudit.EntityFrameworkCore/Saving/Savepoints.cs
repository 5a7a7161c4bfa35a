using EzAudit.EntityFrameworkCore.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>Carries out savepoint operations, and updates the records before anyone else is notified, because whoever is notified may throw.</summary>
/// <param name="provider">The provider's transaction, which notifies no one.</param>
/// <param name="parts">The transaction.</param>
/// <param name="logger">The logger that notifies everyone else.</param>
/// <param name="records">The records waiting for the commit.</param>
internal sealed class Savepoints(
    RelationalTransaction provider, TransactionParts parts, IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger, TransactionRecords records)
{
    public async ValueTask Do(SavepointAction action, string name, bool isAsync, CancellationToken cancellationToken)
    {
        EventTime time = EventTime.Begin();
        try
        {
            await Do(action, name, (time.Start, isAsync), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            string operation = $"{action}Savepoint";
            if (isAsync) await logger.TransactionErrorAsync(parts.Connection, parts.Transaction, parts.Id, operation, failure, time.Start, time.Elapsed, CancellationToken.None).ConfigureAwait(false);
            else logger.TransactionError(parts.Connection, parts.Transaction, parts.Id, operation, failure, time.Start, time.Elapsed);
            throw;
        }
    }

    private async ValueTask Do(SavepointAction action, string name, (DateTimeOffset Start, bool IsAsync) how, CancellationToken cancellationToken)
    {
        (DateTimeOffset start, bool isAsync) = how;
        InterceptionResult result = isAsync ? await BeginAsync(action, start, cancellationToken).ConfigureAwait(false) : Begin(action, start);
        if (!result.IsSuppressed)
        {
            // If it were canceled halfway, no one would know whether it was done.
            cancellationToken.ThrowIfCancellationRequested();
            if (isAsync) await CarryOutAsync(action, name).ConfigureAwait(false);
            else CarryOut(action, name);
        }
        Note(action, name);
        if (isAsync) await DoneAsync(action, start, cancellationToken).ConfigureAwait(false);
        else Done(action, start);
    }

    private InterceptionResult Begin(SavepointAction action, DateTimeOffset start) => action switch
    {
        SavepointAction.Create => logger.CreatingTransactionSavepoint(parts.Connection, parts.Transaction, parts.Id, start),
        SavepointAction.RollbackTo => logger.RollingBackToTransactionSavepoint(parts.Connection, parts.Transaction, parts.Id, start),
        _ => logger.ReleasingTransactionSavepoint(parts.Connection, parts.Transaction, parts.Id, start),
    };

    private ValueTask<InterceptionResult> BeginAsync(SavepointAction action, DateTimeOffset start, CancellationToken cancellationToken) => action switch
    {
        SavepointAction.Create => logger.CreatingTransactionSavepointAsync(parts.Connection, parts.Transaction, parts.Id, start, cancellationToken),
        SavepointAction.RollbackTo => logger.RollingBackToTransactionSavepointAsync(parts.Connection, parts.Transaction, parts.Id, start, cancellationToken),
        _ => logger.ReleasingTransactionSavepointAsync(parts.Connection, parts.Transaction, parts.Id, start, cancellationToken),
    };

    private void CarryOut(SavepointAction action, string name)
    {
        if (action == SavepointAction.Create) provider.CreateSavepoint(name);
        else if (action == SavepointAction.RollbackTo) provider.RollbackToSavepoint(name);
        else provider.ReleaseSavepoint(name);
    }

    private Task CarryOutAsync(SavepointAction action, string name) => action switch
    {
        SavepointAction.Create => provider.CreateSavepointAsync(name, CancellationToken.None),
        SavepointAction.RollbackTo => provider.RollbackToSavepointAsync(name, CancellationToken.None),
        _ => provider.ReleaseSavepointAsync(name, CancellationToken.None),
    };

    private void Note(SavepointAction action, string name)
    {
        if (action == SavepointAction.Create) records.SavepointCreated(name);
        else if (action == SavepointAction.RollbackTo) records.RolledBackTo(name);
        else records.Released(name);
    }

    private void Done(SavepointAction action, DateTimeOffset start)
    {
        if (action == SavepointAction.Create) logger.CreatedTransactionSavepoint(parts.Connection, parts.Transaction, parts.Id, start);
        else if (action == SavepointAction.RollbackTo) logger.RolledBackToTransactionSavepoint(parts.Connection, parts.Transaction, parts.Id, start);
        else logger.ReleasedTransactionSavepoint(parts.Connection, parts.Transaction, parts.Id, start);
    }

    private Task DoneAsync(SavepointAction action, DateTimeOffset start, CancellationToken cancellationToken) => action switch
    {
        SavepointAction.Create => logger.CreatedTransactionSavepointAsync(parts.Connection, parts.Transaction, parts.Id, start, cancellationToken),
        SavepointAction.RollbackTo => logger.RolledBackToTransactionSavepointAsync(parts.Connection, parts.Transaction, parts.Id, start, cancellationToken),
        _ => logger.ReleasedTransactionSavepointAsync(parts.Connection, parts.Transaction, parts.Id, start, cancellationToken),
    };
}

/// <summary>The operations on a savepoint.</summary>
internal enum SavepointAction
{
    Create,
    RollbackTo,
    Release,
}
