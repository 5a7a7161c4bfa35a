using EzAudit.PostgreSql.Schema;
using EzAudit.Records;
using Npgsql;

namespace EzAudit.PostgreSql;

/// <summary>Creates, migrates and tidies the central store. Needs a connection of the owner of the database, unlike the targets that write to the store.</summary>
/// <remarks>Not thread-safe. Every call throws <see cref="AuditStoreException"/> if the store cannot be used.</remarks>
public sealed class AuditStore : IAsyncDisposable
{
    private readonly StorePlace _place;
    private readonly NpgsqlDataSource _source;

    /// <summary>Initializes the access; connects to nothing yet.</summary>
    /// <param name="connectionString">A connection string of Npgsql, such as <c>Host=db1;Database=audit;Username=audit_owner</c>.</param>
    /// <exception cref="ArgumentException">The text is not a connection string.</exception>
    public AuditStore(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        _place = new StorePlace(connectionString);
        _source = _place.CreateSource();
    }

    /// <summary>The version of the schema that this version of EzAudit reads and writes.</summary>
    public static int SchemaVersion => StoreSchema.Current;

    /// <summary>The SQL that creates a store in an empty database, as one transaction.</summary>
    public static string SchemaSql => StoreSchema.ScriptFrom(0);

    /// <summary>Returns the version of the schema in the database; 0 if there is no store.</summary>
    public ValueTask<int> FindVersionAsync(CancellationToken cancellationToken = default) => RunAsync(StoreSchema.FindVersionAsync, cancellationToken);

    /// <summary>Returns the SQL that <see cref="InitializeAsync(CancellationToken)"/> would run; empty if there is nothing to do.</summary>
    public ValueTask<string> FindPendingSqlAsync(CancellationToken cancellationToken = default) => RunAsync(PendingSqlAsync, cancellationToken);

    /// <summary>Creates the store, or migrates it to <see cref="SchemaVersion"/>; changes nothing if it is current. Creates the partitions of this month and the next.</summary>
    /// <returns>The version that was found; 0 if there was no store.</returns>
    public ValueTask<int> InitializeAsync(CancellationToken cancellationToken = default) => RunAsync(InitializeAsync, cancellationToken);

    /// <summary>Drops the records of one month for good. The store records who did it, when and why, in the same transaction.</summary>
    /// <param name="month">Any day of the month, which has ended.</param>
    /// <param name="reason">Why; kept with the record.</param>
    /// <param name="holds">Legal holds, such as <see cref="AuditInspection.Holds"/>. A month with a record under one of them is not dropped.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many records were dropped.</returns>
    public ValueTask<long> DropMonthAsync(
        DateOnly month, string reason, IReadOnlyList<AuditLegalHold>? holds = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return RunAsync(
            async (connection, token) =>
            {
                await StoreSchema.RequireAsync(connection, _place.Name, token).ConfigureAwait(false);
                NpgsqlTransaction transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    // Records that come in between are late ones of that month: nobody inserts any while it is being dropped.
                    await OwnerCommand.ExecuteAsync(connection, "LOCK TABLE ezaudit.audit_record IN SHARE ROW EXCLUSIVE MODE", token).ConfigureAwait(false);
                    await new HeldRecords(connection, _place.Name).RefuseAsync(month, holds ?? [], token).ConfigureAwait(false);
                    long count = await OwnerCommand.ReadAsync<long>(connection, "SELECT ezaudit.drop_month($1, $2)", token, month, reason).ConfigureAwait(false);
                    await transaction.CommitAsync(token).ConfigureAwait(false);
                    return count;
                }
            },
            cancellationToken);
    }

    /// <summary>The months whose records came before the month had a partition, and are in the default partition: the first day of each.</summary>
    public ValueTask<IReadOnlyList<DateOnly>> FindMonthsToMoveAsync(CancellationToken cancellationToken = default) => RunAsync(
        async (connection, token) =>
        {
            await StoreSchema.RequireAsync(connection, _place.Name, token).ConfigureAwait(false);
            const string Months = "SELECT coalesce(array_agg(DISTINCT date_trunc('month', time AT TIME ZONE 'UTC')::date), '{}') FROM ezaudit.audit_record_default";
            DateOnly[] months = await OwnerCommand.ReadAsync<DateOnly[]>(connection, Months, token).ConfigureAwait(false);
            return (IReadOnlyList<DateOnly>)[.. months.Order()];
        },
        cancellationToken);

    /// <summary>
    /// Moves the records of one month out of the default partition into one of its own, where <see cref="DropMonthAsync"/> finds them. The store records who
    /// did it and when, in the same transaction. Writers of records without a partition wait meanwhile.
    /// </summary>
    /// <param name="month">Any day of the month.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many records were moved.</returns>
    public ValueTask<long> MoveMonthAsync(DateOnly month, CancellationToken cancellationToken = default) => RunAsync(
        async (connection, token) =>
        {
            await StoreSchema.RequireAsync(connection, _place.Name, token).ConfigureAwait(false);
            return await OwnerCommand.ReadAsync<long>(connection, "SELECT ezaudit.move_month($1)", token, month).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>
    /// Builds the indexes for text search that are missing: of the months that have ended, and of the days of the current month that have ended. Run daily;
    /// writers and readers go on meanwhile.
    /// </summary>
    /// <param name="includeCurrent">Whether to index the current month as a whole as well, which makes every later insert several times as slow.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was indexed, such as <c>2026-10</c> and <c>2026-11-01 to 2026-11-28</c>; empty if nothing was missing.</returns>
    public ValueTask<IReadOnlyList<string>> IndexTextAsync(bool includeCurrent = false, CancellationToken cancellationToken = default) =>
        IndexTextAsync(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), includeCurrent, cancellationToken);

    internal ValueTask<IReadOnlyList<string>> IndexTextAsync(DateOnly today, bool includeCurrent, CancellationToken cancellationToken) => RunAsync(
        async (connection, token) =>
        {
            await StoreSchema.RequireAsync(connection, _place.Name, token).ConfigureAwait(false);
            return await new TextIndexes(connection, _place.Name, token).BuildAsync(today, includeCurrent).ConfigureAwait(false);
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async ValueTask<string> PendingSqlAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        int version = await StoreSchema.FindVersionAsync(connection, cancellationToken).ConfigureAwait(false);
        return version < StoreSchema.Current ? StoreSchema.ScriptFrom(version) : "";
    }

    private async ValueTask<int> InitializeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        int found = await StoreSchema.FindVersionAsync(connection, cancellationToken).ConfigureAwait(false);
        if (found < StoreSchema.Current) await OwnerCommand.ExecuteAsync(connection, StoreSchema.ScriptFrom(found), cancellationToken).ConfigureAwait(false);
        await StoreSchema.RequireAsync(connection, _place.Name, cancellationToken).ConfigureAwait(false);
        await OwnerCommand.ExecuteAsync(
            connection, "SELECT ezaudit.prepare_month(now()::date), ezaudit.prepare_month((now() + interval '1 month')::date)", cancellationToken).ConfigureAwait(false);
        return found;
    }

    private async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false)) return await work(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (StoreFailure.IsOfStore(failure))
        {
            throw StoreFailure.Of(failure, _place.Name, _place.Role);
        }
    }
}
