using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>Wraps each transaction that the provider makes in one that writes records.</summary>
internal sealed class AuditTransactionFactory(IRelationalTransactionFactory provider, ISqlGenerationHelper sql) : IRelationalTransactionFactory
{
    public RelationalTransaction Create(
        IRelationalConnection connection,
        DbTransaction transaction,
        Guid transactionId,
        IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger,
        bool transactionOwned)
    {
        // The inner transaction only carries out savepoints, without notifying anyone. It owns nothing and is never disposed of.
        RelationalTransaction inner = provider.Create(connection, transaction, transactionId, new SilentLogger(logger), transactionOwned: false);
        return new AuditTransaction(inner, new TransactionParts(connection, transaction, transactionId, transactionOwned), logger, sql);
    }
}

/// <summary>What EF knows about a transaction that a context begins or joins.</summary>
/// <param name="Connection">The context's connection.</param>
/// <param name="Transaction">The provider's transaction.</param>
/// <param name="Id">EF's id for the transaction.</param>
/// <param name="IsOwned">Whether the context began it.</param>
internal sealed record TransactionParts(IRelationalConnection Connection, DbTransaction Transaction, Guid Id, bool IsOwned);
