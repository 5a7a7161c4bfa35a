using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>Makes the transactions that write records, each around one that the provider makes.</summary>
internal sealed class AuditTransactionFactory(IRelationalTransactionFactory provider, ISqlGenerationHelper sql) : IRelationalTransactionFactory
{
    public RelationalTransaction Create(
        IRelationalConnection connection,
        DbTransaction transaction,
        Guid transactionId,
        IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger,
        bool transactionOwned)
    {
        // The inner one only carries out savepoints, silently: it is never disposed of and owns nothing.
        RelationalTransaction inner = provider.Create(connection, transaction, transactionId, new SilentLogger(logger), transactionOwned: false);
        return new AuditTransaction(inner, new TransactionParts(connection, transaction, transactionId, transactionOwned), logger, sql);
    }
}
