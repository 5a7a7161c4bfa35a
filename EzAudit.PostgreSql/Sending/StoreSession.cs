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
    private readonly Dictionary<(string, string), int> _runs = [];
    private readonly HashSet<(int Year, int Month)> _months = [];
    private string? _warning;

    private StoreSession(NpgsqlConnection connection)
    {
        _connection = connection;
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

    /// <summary>The number of a run in the store, which learns of it now if it is new.</summary>
    public async ValueTask<int> FindRunAsync(AuditRecordId id, CancellationToken cancellationToken)
    {
        if (_runs.TryGetValue((id.Origin, id.Run), out int known)) return known;
        string[] parts = id.Origin.Split('/', 3);
        NpgsqlCommand command = CreateCommand(
            "SELECT ezaudit.open_run($1, $2, $3, $4, $5)",
            Encoded(id.Origin), Encoded(id.Run), Encoded(parts[0]), Encoded(parts.ElementAtOrDefault(1)), Encoded(parts.ElementAtOrDefault(2)));
        await using (command.ConfigureAwait(false))
        {
            int run = (int)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            _runs.Add((id.Origin, id.Run), run);
            return run;
        }
    }

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

    /// <summary>The numbers of those of some records that are in the store.</summary>
    public async ValueTask<HashSet<long>> FindStoredAsync(int run, IReadOnlyList<AuditEnvelope> records, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = CreateCommand("SELECT ezaudit.stored_numbers($1, $2, $3, $4)", run, records.Select(record => record.Id.Number).ToArray());
        command.Parameters.Add(StoreTime.Parameter(records.Min(record => record.Record.Time)));
        command.Parameters.Add(StoreTime.Parameter(records.Max(record => record.Record.Time)));
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var stored = new HashSet<long>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) stored.Add(reader.GetInt64(0));
                return stored;
            }
        }
    }

    /// <summary>Stores records in their order, all or none.</summary>
    public async ValueTask CopyAsync(int run, IEnumerable<AuditEnvelope> records, CancellationToken cancellationToken)
    {
        _warning = null;
        NpgsqlRawCopyStream stream = await _connection.BeginRawBinaryCopyAsync(
            $"COPY ezaudit.audit_record ({RecordRow.Columns}) FROM STDIN (FORMAT binary)", cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await WriteAsync(stream, run, records, cancellationToken).ConfigureAwait(false);
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

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async ValueTask WriteAsync(NpgsqlRawCopyStream stream, int run, IEnumerable<AuditEnvelope> records, CancellationToken cancellationToken)
    {
        _buffer.Clear();
        _buffer.Begin();
        foreach (AuditEnvelope record in records)
        {
            RecordRow.Write(_buffer, run, record);
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

    private static string Encoded(string? text) => StoreText.Encode(text ?? "");
}
