using EzAudit.PostgreSql.Schema;
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
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many records were dropped.</returns>
    public ValueTask<long> DropMonthAsync(DateOnly month, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return RunAsync(
            async (connection, token) =>
            {
                await StoreSchema.RequireAsync(connection, _place.Name, token).ConfigureAwait(false);
                NpgsqlCommand command = connection.CreateCommand();
                await using (command.ConfigureAwait(false))
                {
                    command.CommandText = "SELECT ezaudit.drop_month($1, $2)";
                    command.Parameters.Add(new NpgsqlParameter { Value = month });
                    command.Parameters.Add(new NpgsqlParameter { Value = reason });
                    return (long)(await command.ExecuteScalarAsync(token).ConfigureAwait(false))!;
                }
            },
            cancellationToken);
    }

    /// <summary>Builds the index for text search on the months that have ended and lack it.</summary>
    /// <param name="includeCurrent">Whether to build it on the current month as well, which makes every later insert several times as slow.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many months were indexed.</returns>
    public ValueTask<int> IndexTextAsync(bool includeCurrent = false, CancellationToken cancellationToken = default) => RunAsync(
        async (connection, token) =>
        {
            await StoreSchema.RequireAsync(connection, _place.Name, token).ConfigureAwait(false);
            NpgsqlCommand command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = "SELECT ezaudit.index_text($1)";
                command.CommandTimeout = 0;
                command.Parameters.Add(new NpgsqlParameter { Value = includeCurrent });
                return (int)(await command.ExecuteScalarAsync(token).ConfigureAwait(false))!;
            }
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
        if (found < StoreSchema.Current) await ExecuteAsync(connection, StoreSchema.ScriptFrom(found), cancellationToken).ConfigureAwait(false);
        await StoreSchema.RequireAsync(connection, _place.Name, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            connection, "SELECT ezaudit.prepare_month(now()::date), ezaudit.prepare_month((now() + interval '1 month')::date)", cancellationToken).ConfigureAwait(false);
        return found;
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
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
