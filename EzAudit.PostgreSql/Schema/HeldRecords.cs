using System.Globalization;
using EzAudit.PostgreSql.Text;
using EzAudit.Records;
using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Schema;

/// <summary>Refuses to drop a month that has records under a legal hold.</summary>
internal sealed class HeldRecords(NpgsqlConnection connection, string place)
{
    /// <exception cref="AuditStoreException">The month has records under one of the holds.</exception>
    public async ValueTask RefuseAsync(DateOnly month, IReadOnlyList<AuditLegalHold> holds, CancellationToken cancellationToken)
    {
        foreach (AuditLegalHold hold in holds)
        {
            long count = await CountAsync(new DateOnly(month.Year, month.Month, 1), hold, cancellationToken).ConfigureAwait(false);
            if (count == 0) continue;
            string records = count == 1 ? "1 record of" : $"{count} records of";
            throw new AuditStoreException($"{place}: nothing was dropped: {records} {month.ToString("yyyy-MM", CultureInfo.InvariantCulture)} {(count == 1 ? "is" : "are")} under {hold}.");
        }
    }

    private async ValueTask<long> CountAsync(DateOnly first, AuditLegalHold hold, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandTimeout = 0;
            command.CommandText = """
                SELECT count(*) FROM ezaudit.audit_record
                WHERE time >= $1::timestamp AT TIME ZONE 'UTC' AND time < ($1::timestamp + interval '1 month') AT TIME ZONE 'UTC'
                    AND ($2 OR function = ANY ($3))
                    AND (cardinality($4) = 0 OR fields @> ANY (SELECT jsonb_build_array(jsonb_build_object(f.name, f.value)) FROM unnest($4, $5) f (name, value)))
                """;
            command.Parameters.Add(new NpgsqlParameter { Value = first, NpgsqlDbType = NpgsqlDbType.Date });
            command.Parameters.Add(new NpgsqlParameter { Value = hold.Functions.Contains(AuditLegalHold.AllFunctions) });
            command.Parameters.Add(Texts(hold.Functions));
            command.Parameters.Add(Texts(hold.Fields.Select(field => field.Name)));
            command.Parameters.Add(Texts(hold.Fields.Select(field => field.Value)));
            return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
    }

    private static NpgsqlParameter Texts(IEnumerable<string> texts) =>
        new() { Value = texts.Select(StoreText.Encode).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
