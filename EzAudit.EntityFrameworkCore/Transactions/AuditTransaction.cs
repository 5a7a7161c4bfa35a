using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>A provider's transaction that also tells of savepoints by name: EF's interceptors do not say which one is rolled back to.</summary>
internal sealed class AuditTransaction(
    RelationalTransaction inner,
    IRelationalConnection connection,
    DbTransaction transaction,
    Guid id,
    IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger,
    bool isOwned,
    ISqlGenerationHelper sql) : RelationalTransaction(connection, transaction, id, logger, isOwned, sql)
{
    private readonly DbTransaction _transaction = transaction;

    public override bool SupportsSavepoints => inner.SupportsSavepoints;

    public override void CreateSavepoint(string name)
    {
        inner.CreateSavepoint(name);
        TransactionRecords.SavepointCreated(_transaction, name);
    }

    public override async Task CreateSavepointAsync(string name, CancellationToken cancellationToken = default)
    {
        await inner.CreateSavepointAsync(name, cancellationToken).ConfigureAwait(false);
        TransactionRecords.SavepointCreated(_transaction, name);
    }

    public override void RollbackToSavepoint(string name)
    {
        inner.RollbackToSavepoint(name);
        TransactionRecords.RolledBackTo(_transaction, name);
    }

    public override async Task RollbackToSavepointAsync(string name, CancellationToken cancellationToken = default)
    {
        await inner.RollbackToSavepointAsync(name, cancellationToken).ConfigureAwait(false);
        TransactionRecords.RolledBackTo(_transaction, name);
    }

    public override void ReleaseSavepoint(string name)
    {
        inner.ReleaseSavepoint(name);
        TransactionRecords.Released(_transaction, name);
    }

    public override async Task ReleaseSavepointAsync(string name, CancellationToken cancellationToken = default)
    {
        await inner.ReleaseSavepointAsync(name, cancellationToken).ConfigureAwait(false);
        TransactionRecords.Released(_transaction, name);
    }
}
