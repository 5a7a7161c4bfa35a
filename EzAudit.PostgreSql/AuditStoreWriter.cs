using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;

namespace EzAudit.PostgreSql;

/// <summary>
/// Puts records of any origins into the central store, each exactly once, also if others insert the same records at the same time. For programs that bring
/// records from elsewhere, such as a collector; applications use the target <c>postgresql</c>, which does the same.
/// </summary>
/// <remarks>Not thread-safe. Connects at the first call, and after a failure at the next one.</remarks>
public sealed class AuditStoreWriter : IAsyncDisposable
{
    private readonly RecordInserter _inserter;

    /// <summary>Initializes the writer; connects to nothing yet.</summary>
    /// <param name="connectionString">A connection string of Npgsql, such as <c>Host=db1;Database=audit;Username=collector</c>. The role needs <c>ezaudit_writer</c>.</param>
    /// <exception cref="ArgumentException">The text is not a connection string.</exception>
    public AuditStoreWriter(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var place = new StorePlace(connectionString);
        Place = place.Name;
        _inserter = new RecordInserter(place);
    }

    /// <summary>The store, as messages name it: <c>db1,db2/audit</c>.</summary>
    public string Place { get; }

    /// <summary>
    /// Inserts records in one transaction, or in several if the store refuses some of them. When it returns, all others are in the store for good. Of several
    /// records with the same id, the first is inserted.
    /// </summary>
    /// <param name="records">Records of any origins and runs, in any order.</param>
    /// <param name="cancellationToken">Cancels the call; any of the records may be in the store then.</param>
    /// <returns>The records that the store refuses for good, in their order.</returns>
    /// <exception cref="AuditStoreException">The store cannot take them now. Any of them may be in the store; insert all again.</exception>
    public ValueTask<IReadOnlyList<AuditStoreRefusal>> InsertAsync(IReadOnlyList<AuditEnvelope> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return _inserter.InsertAsync(records, cancellationToken);
    }

    /// <summary>Has the store keep checkpoints of ledgers, each once.</summary>
    /// <returns>Those that the store refuses for good, in their order.</returns>
    /// <exception cref="AuditStoreException">The store cannot take them now. Any of them may be in the store; add all again.</exception>
    public ValueTask<IReadOnlyList<AuditStoreRefusal>> AddCheckpointsAsync(IReadOnlyList<AuditStoreCheckpoint> checkpoints, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        return _inserter.AddCheckpointsAsync(checkpoints, cancellationToken);
    }

    /// <summary>Connects unless a connection is open, and checks that it works and the store can be used.</summary>
    /// <exception cref="AuditStoreException">The store cannot be used.</exception>
    public ValueTask CheckAsync(CancellationToken cancellationToken = default) => _inserter.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inserter.DisposeAsync();
}
