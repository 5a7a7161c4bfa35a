using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Text;
using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Sending;

/// <summary>One connection of a writer to the store, and what the store already knows on it. Not thread-safe.</summary>
internal sealed class StoreSession : IAsyncDisposable
{
    private const int WriteSize = 64 << 10;

    private readonly NpgsqlConnection _connection;
    private readonly CopyBuffer _buffer = new();
    private readonly HashSet<(int Year, int Month)> _months = [];
    private string? _warning;

    private StoreSession(NpgsqlConnection connection)
    {
        _connection = connection;
        Runs = new StoreRuns(connection);
        connection.Notice += (_, e) => _warning ??= e.Notice.SqlState == WarningCode ? e.Notice.MessageText : null;
    }

    // What a server reports that committed, but did not wait for its standby.
    private const string WarningCode = "01000";

    /// <summary>Connects and checks the store.</summary>
    public static async ValueTask<StoreSession> OpenAsync(NpgsqlDataSource source, StorePlace place, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await StoreSchema.RequireAsync(connection, place.Name, cancellationToken).ConfigureAwait(false);
            var session = new StoreSession(connection);
            // With "off" and "local", the server would acknowledge records that a crash or a failover loses.
            await session.ExecuteAsync(
                "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')", cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The runs that the store knows.</summary>
    public StoreRuns Runs { get; }

    /// <summary>Asks the server for nothing, to see whether it answers.</summary>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => ExecuteAsync("SELECT 1", cancellationToken);

    /// <summary>Has the store create the partitions for the months of some records, and in time for the following one.</summary>
    public async ValueTask PrepareMonthsAsync(IEnumerable<AuditEnvelope> records, CancellationToken cancellationToken)
    {
        foreach (AuditEnvelope record in records)
        {
            DateTime time = record.Record.Time.UtcDateTime;
            if (!_months.Add((time.Year, time.Month))) continue;
            var month = new DateOnly(time.Year, time.Month, 1);
            await PrepareAsync(month, cancellationToken).ConfigureAwait(false);
            if (month < DateOnly.MaxValue.AddMonths(-1)) await PrepareAsync(month.AddMonths(1), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Which of some records are in the store.</summary>
    public async ValueTask<HashSet<(int Run, long Number)>> FindStoredAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = CreateCommand(
            """
            SELECT g.run, ezaudit.stored_numbers(g.run, g.numbers, g.first, g.last) FROM (
                SELECT run, array_agg(number) numbers, min(time) first, max(time) last FROM unnest($1, $2, $3) u(run, number, time) GROUP BY run) g
            """,
            rows.Select(row => row.Run).ToArray(), rows.Select(row => row.Number).ToArray());
        command.Parameters.Add(StoreTime.Parameter(rows.Select(row => row.Record.Record.Time)));
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var stored = new HashSet<(int Run, long Number)>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) stored.Add((reader.GetInt32(0), reader.GetInt64(1)));
                return stored;
            }
        }
    }

    /// <summary>Stores records in their order, all or none.</summary>
    public async ValueTask CopyAsync(IEnumerable<StoreRow> rows, CancellationToken cancellationToken)
    {
        _warning = null;
        NpgsqlRawCopyStream stream = await _connection.BeginRawBinaryCopyAsync(
            $"COPY ezaudit.audit_record ({RecordRow.Columns}) FROM STDIN (FORMAT binary)", cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await WriteAsync(stream, rows, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not NpgsqlException)
            {
                // Otherwise the end of the stream would commit the first rows.
                await stream.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
        RequireReplicated();
    }

    /// <summary>
    /// Waits until everything that this connection has seen is as safe as what it commits. Records that were found in the store may have been committed
    /// by a connection that was lost while it waited for the standby.
    /// </summary>
    public async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        _warning = null;
        await ExecuteAsync("SELECT pg_logical_emit_message(true, 'ezaudit', '')", cancellationToken).ConfigureAwait(false);
        RequireReplicated();
    }

    /// <summary>Inserts a checkpoint unless the store has it; returns why the store refuses it, if it does.</summary>
    public async ValueTask<string?> AddCheckpointAsync(AuditStoreCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        string line = checkpoint.Line.TrimEnd('\n');
        if (line.Split(' ') is not ["ezaudit-checkpoint", var ledger, var size, ..] || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long leaves))
            return "It is not a checkpoint of a ledger.";
        // Naming the index would need the right to read the table.
        NpgsqlCommand command = CreateCommand(
            "INSERT INTO ezaudit.checkpoint (ledger, size, line, origin) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", ledger, leaves, line, checkpoint.Origin);
        try
        {
            await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException failure) when (StoreFailure.IsRefusal(failure))
        {
            return $"{failure.MessageText} ({failure.SqlState}).";
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async ValueTask WriteAsync(NpgsqlRawCopyStream stream, IEnumerable<StoreRow> rows, CancellationToken cancellationToken)
    {
        _buffer.Clear();
        _buffer.Begin();
        foreach (StoreRow row in rows)
        {
            RecordRow.Write(_buffer, row.Run, row.Record);
            if (_buffer.Written.Length < WriteSize) continue;
            await stream.WriteAsync(_buffer.Written, cancellationToken).ConfigureAwait(false);
            _buffer.Clear();
        }
        _buffer.End();
        await stream.WriteAsync(_buffer.Written, cancellationToken).ConfigureAwait(false);
    }

    private void RequireReplicated()
    {
        if (_warning is { } warning) throw new AuditStoreException($"The records may be on one server only: {warning}");
    }

    private async ValueTask PrepareAsync(DateOnly month, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = CreateCommand("SELECT ezaudit.prepare_month($1)", month);
        await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = CreateCommand(sql);
        await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand CreateCommand(string sql, params ReadOnlySpan<object> values)
    {
        NpgsqlCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (object value in values)
        {
            var parameter = new NpgsqlParameter { Value = value };
            if (value is DateOnly) parameter.NpgsqlDbType = NpgsqlDbType.Date;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
