using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>What EF knows about a transaction that a context begins or joins.</summary>
/// <param name="Connection">The context's connection.</param>
/// <param name="Transaction">The provider's transaction.</param>
/// <param name="Id">EF's id for the transaction.</param>
/// <param name="IsOwned">Whether the context began it.</param>
internal sealed record TransactionParts(IRelationalConnection Connection, DbTransaction Transaction, Guid Id, bool IsOwned);
