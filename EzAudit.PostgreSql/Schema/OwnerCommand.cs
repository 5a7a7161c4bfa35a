using Npgsql;

namespace EzAudit.PostgreSql.Schema;

/// <summary>Runs SQL for the owner of the store, however long it takes.</summary>
internal static class OwnerCommand
{
    public static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Create(connection, sql);
        await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the first column of the first row.</summary>
    public static async ValueTask<T> ReadAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        NpgsqlCommand command = Create(connection, sql);
        await using (command.ConfigureAwait(false))
        {
            foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
            return (T)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
    }

    private static NpgsqlCommand Create(NpgsqlConnection connection, string sql)
    {
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command;
    }
}
