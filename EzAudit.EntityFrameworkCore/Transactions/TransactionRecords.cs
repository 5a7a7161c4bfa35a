using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>The records that wait for the commit of a transaction, whichever contexts share it. Only a commit writes them.</summary>
/// <remarks>
/// A provider may hand out one object for many transactions, one after the other: Npgsql has one for each pooled connection. So the object says which
/// contexts share a transaction, and EF's own transactions say when another one begins.
/// </remarks>
internal sealed class TransactionRecords
{
    private static readonly ConditionalWeakTable<DbTransaction, TransactionRecords> Waiting = [];

    private readonly DbTransaction _transaction;
    private readonly List<Func<bool>> _users = [];
    private readonly List<RecordBatch> _batches = [];
    private readonly List<(string Name, int Count)> _savepoints = [];

    private TransactionRecords(DbTransaction transaction) => _transaction = transaction;

    /// <summary>Those of a transaction that has just begun.</summary>
    public static TransactionRecords Begin(DbTransaction transaction, Func<bool> isUsed)
    {
        Waiting.Remove(transaction);
        return Join(transaction, isUsed);
    }

    /// <summary>Those of a transaction that begins, or that other contexts are using; what they left when they stopped is forgotten.</summary>
    /// <param name="transaction">The provider's transaction.</param>
    /// <param name="isUsed">Whether the context that joins is still using it.</param>
    public static TransactionRecords Join(DbTransaction transaction, Func<bool> isUsed)
    {
        TransactionRecords records = Of(transaction);
        records.RemoveFormerUsers();
        records._users.Add(isUsed);
        return records;
    }

    /// <summary>Writes records as soon as what they tell is committed: at once, or when the transaction that the context is in is.</summary>
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

    /// <summary>The transaction of a scope or of the connection, where the connection takes part in one.</summary>
    public static Transaction? AmbientOf(DbContext context)
    {
        if (context.Database.GetEnlistedTransaction() is { } enlisted) return enlisted;
        if (Transaction.Current is null) return null;
        var connection = context.GetService<IRelationalConnection>();
        // Npgsql's tells of none where its connection string says Enlist=false.
        Transaction? ambient = connection is ITransactionEnlistmentManager manager ? manager.CurrentAmbientTransaction : Transaction.Current;
        return ambient is not null && CanEnlist(connection.DbConnection) ? ambient : null;
    }

    /// <summary>Writes all of them; the first failure is returned, not thrown, as EF has to end the transaction yet.</summary>
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
                // The others are committed as well, and may find room.
                failure ??= missed;
            }
        }
        return failure;
    }

    public void Add(RecordBatch batch) => _batches.Add(batch);

    /// <summary>Forgets them: the transaction is over.</summary>
    public void End()
    {
        _batches.Clear();
        _savepoints.Clear();
        _users.Clear();
        if (Waiting.TryGetValue(_transaction, out TransactionRecords? known) && known == this) Waiting.Remove(_transaction);
    }

    /// <summary>To be called when a context stops using a transaction that it did not begin: with the last one, they go.</summary>
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
