using System.Globalization;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using Npgsql;

namespace EzAudit.PostgreSql.Sending;

/// <summary>Sends the checkpoints of a ledger to the store, which keeps each of them once. Not thread-safe.</summary>
internal sealed class CheckpointSender(StorePlace place) : IAuditSender
{
    private readonly NpgsqlDataSource _source = place.CreateSource();

    public async ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0) return;
        try
        {
            NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await StoreSchema.RequireAsync(connection, place.Name, cancellationToken).ConfigureAwait(false);
                for (int i = 0; i < batch.Count; i++) await InsertAsync(connection, batch[i], i, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (StoreFailure.IsOfStore(failure))
        {
            throw StoreFailure.Of(failure, place.Name, place.Role);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Inserts a checkpoint, unless the store has it.</summary>
    /// <param name="connection">A connection of a writer.</param>
    /// <param name="checkpoint">The checkpoint: its bytes are its line.</param>
    /// <param name="index">Its index in the batch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AuditRejectedException">It is not a checkpoint.</exception>
    public static async ValueTask InsertAsync(NpgsqlConnection connection, AuditEnvelope checkpoint, int index, CancellationToken cancellationToken)
    {
        string line = Encoding.UTF8.GetString(checkpoint.Bytes.Span).TrimEnd('\n');
        if (line.Split(' ') is not ["ezaudit-checkpoint", var ledger, var size, ..] || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long leaves))
            throw new AuditRejectedException(index, "It is not a checkpoint of a ledger.");
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // Naming the index would need the right to read the table.
            command.CommandText = "INSERT INTO ezaudit.checkpoint (ledger, size, line, origin) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
            foreach (object value in new object[] { ledger, leaves, line, checkpoint.Id.Origin }) command.Parameters.Add(new NpgsqlParameter { Value = value });
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
