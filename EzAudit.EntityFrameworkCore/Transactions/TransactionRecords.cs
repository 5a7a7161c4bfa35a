using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>The records that wait for the commit of a transaction, whichever contexts share it. With a transaction that is given up, they go.</summary>
internal sealed class TransactionRecords
{
    private static readonly ConditionalWeakTable<DbTransaction, TransactionRecords> Waiting = [];

    private readonly List<RecordBatch> _batches = [];
    private readonly List<(string Name, int Count)> _savepoints = [];

    /// <summary>Writes records as soon as what they tell is committed: at once, or when the transaction that the context is in is.</summary>
    public static async ValueTask WriteAfterCommit(DbContext context, RecordBatch batch, bool isAsync)
    {
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

    /// <summary>The transaction of a scope or of the connection, where there is one.</summary>
    public static Transaction? AmbientOf(DbContext context) => Transaction.Current ?? context.Database.GetEnlistedTransaction();

    public static async ValueTask Committed(DbTransaction transaction, bool isAsync)
    {
        if (!Waiting.TryGetValue(transaction, out TransactionRecords? records)) return;
        Waiting.Remove(transaction);
        AuditAfterCommitException? failure = null;
        foreach (RecordBatch batch in records._batches)
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
        if (failure is not null) throw failure;
    }

    public static void GivenUp(DbTransaction transaction) => Waiting.Remove(transaction);

    public static void SavepointCreated(DbTransaction transaction, string name)
    {
        TransactionRecords records = Of(transaction);
        records._savepoints.Add((name, records._batches.Count));
    }

    public static void RolledBackTo(DbTransaction transaction, string name)
    {
        TransactionRecords records = Of(transaction);
        int at = records.LastNamed(name);
        if (at < 0) return;
        records._batches.RemoveRange(records._savepoints[at].Count, records._batches.Count - records._savepoints[at].Count);
        records._savepoints.RemoveRange(at + 1, records._savepoints.Count - at - 1);
    }

    public static void Released(DbTransaction transaction, string name)
    {
        TransactionRecords records = Of(transaction);
        int at = records.LastNamed(name);
        if (at >= 0) records._savepoints.RemoveRange(at, records._savepoints.Count - at);
    }

    private static TransactionRecords Of(DbTransaction transaction) => Waiting.GetOrCreateValue(transaction);

    private int LastNamed(string name) => _savepoints.FindLastIndex(savepoint => savepoint.Name == name);
}
