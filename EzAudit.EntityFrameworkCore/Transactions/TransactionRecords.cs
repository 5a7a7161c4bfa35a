using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>The records that wait for a transaction to commit, from all contexts that share it. Only a commit writes them.</summary>
/// <remarks>
/// A provider may reuse one object for many transactions in turn: Npgsql has one for each pooled connection. The object therefore identifies which
/// contexts share a transaction, and EF's own transactions mark where a new one begins.
/// </remarks>
internal sealed class TransactionRecords
{
    private static readonly ConditionalWeakTable<DbTransaction, TransactionRecords> Waiting = [];

    private readonly DbTransaction _transaction;
    private readonly List<Func<bool>> _users = [];
    private readonly List<RecordBatch> _batches = [];
    private readonly List<(string Name, int Count)> _savepoints = [];

    private TransactionRecords(DbTransaction transaction) => _transaction = transaction;

    /// <summary>The records of a transaction that has just begun.</summary>
    public static TransactionRecords Begin(DbTransaction transaction, Func<bool> isUsed)
    {
        Waiting.Remove(transaction);
        return Join(transaction, isUsed);
    }

    /// <summary>The records of a transaction that is new or used by other contexts; discards what former users left behind.</summary>
    /// <param name="transaction">The provider's transaction.</param>
    /// <param name="isUsed">Whether the joining context is still using the transaction.</param>
    public static TransactionRecords Join(DbTransaction transaction, Func<bool> isUsed)
    {
        TransactionRecords records = Of(transaction);
        records.RemoveFormerUsers();
        records._users.Add(isUsed);
        return records;
    }

    /// <summary>Writes records once the changes are committed: immediately, or when the context's transaction commits.</summary>
    public static async ValueTask WriteAfterCommit(DbContext context, RecordBatch batch, bool isAsync)
    {
        if (batch.IsEmpty) return;
        if (context.Database.CurrentTransaction is { } current)
        {
            Of(current.GetDbTransaction())._batches.Add(batch);
            return;
        }
        if (AmbientOf(context) is { } ambient)
        {
            ambient.TransactionCompleted += (_, completed) =>
            {
                if (completed.Transaction?.TransactionInformation.Status == TransactionStatus.Committed) Sync.Wait(batch.Write(isAsync: false));
            };
            return;
        }
        await batch.Write(isAsync).ConfigureAwait(false);
    }

    public static bool IsInTransaction(DbContext context) => context.Database.CurrentTransaction is not null || AmbientOf(context) is not null;

    /// <summary>The transaction of a scope or of the connection, if the connection takes part in one.</summary>
    public static Transaction? AmbientOf(DbContext context)
    {
        if (context.Database.GetEnlistedTransaction() is { } enlisted) return enlisted;
        if (Transaction.Current is null) return null;
        var connection = context.GetService<IRelationalConnection>();
        // Npgsql's property returns null if the connection string has Enlist=false.
        Transaction? ambient = connection is ITransactionEnlistmentManager manager ? manager.CurrentAmbientTransaction : Transaction.Current;
        return ambient is not null && CanEnlist(connection.DbConnection) ? ambient : null;
    }

    /// <summary>Writes all records. Returns the first failure instead of throwing, because EF still has to end the transaction.</summary>
    public async ValueTask<AuditAfterCommitException?> Committed(bool isAsync)
    {
        RecordBatch[] batches = [.. _batches];
        End();
        AuditAfterCommitException? failure = null;
        foreach (RecordBatch batch in batches)
        {
            try
            {
                await batch.Write(isAsync).ConfigureAwait(false);
            }
            catch (AuditAfterCommitException missed)
            {
                // The other records are committed too, and may still be written.
                failure ??= missed;
            }
        }
        return failure;
    }

    public void Add(RecordBatch batch) => _batches.Add(batch);

    /// <summary>Discards the records: the transaction is over.</summary>
    public void End()
    {
        _batches.Clear();
        _savepoints.Clear();
        _users.Clear();
        if (Waiting.TryGetValue(_transaction, out TransactionRecords? known) && known == this) Waiting.Remove(_transaction);
    }

    /// <summary>Call it when a context stops using a transaction that it did not begin. The last one discards the records.</summary>
    public void Left()
    {
        RemoveFormerUsers();
        if (_users.Count == 0) End();
    }

    public void SavepointCreated(string name) => _savepoints.Add((name, _batches.Count));

    public void RolledBackTo(string name)
    {
        int at = LastNamed(name);
        if (at < 0) return;
        _batches.RemoveRange(_savepoints[at].Count, _batches.Count - _savepoints[at].Count);
        _savepoints.RemoveRange(at + 1, _savepoints.Count - at - 1);
    }

    public void Released(string name)
    {
        int at = LastNamed(name);
        if (at >= 0) _savepoints.RemoveRange(at, _savepoints.Count - at);
    }

    private static TransactionRecords Of(DbTransaction transaction) =>
        Waiting.GetValue(transaction, static transaction => new TransactionRecords(transaction));

    // A provider without ambient transactions, such as SQLite's, inherits a method that throws.
    private static bool CanEnlist(DbConnection connection) =>
        connection.GetType().GetMethod(nameof(DbConnection.EnlistTransaction), [typeof(Transaction)])?.DeclaringType != typeof(DbConnection);

    private void RemoveFormerUsers()
    {
        if (_users.RemoveAll(isUsed => !isUsed()) == 0 || _users.Count > 0) return;
        _batches.Clear();
        _savepoints.Clear();
    }

    private int LastNamed(string name) => _savepoints.FindLastIndex(savepoint => savepoint.Name == name);
}
