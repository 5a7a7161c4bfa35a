using System.Globalization;
using Npgsql;

namespace EzAudit.PostgreSql.Schema;

/// <summary>
/// Builds the indexes for text search: one for each month that has ended, and for the current month one for the days that have ended since the last run, so
/// that inserts of today do not pay for it. Writers and readers go on meanwhile.
/// </summary>
internal sealed class TextIndexes(NpgsqlConnection connection, string place, CancellationToken cancellation)
{
    // More indexes of days than this are replaced by one: a search asks each of them.
    private const int MostParts = 7;

    // Any number that nobody else uses.
    private const long Lock = 0x657a_6175_6469_7402;

    private const string IndexSql = """
        SELECT relname::text, indisvalid::text FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
        WHERE relnamespace = 'ezaudit'::regnamespace AND relname ~ '^audit_record_\d{4}_\d{2}_text(_\d{2}_\d{2})?$' ORDER BY 1
        """;

    private const string PartitionSql = """
        SELECT relname::text, '' FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'ezaudit.audit_record'::regclass AND relname ~ '^audit_record_\d{4}_\d{2}$' ORDER BY 1
        """;

    private readonly List<string> _built = [];

    /// <summary>Builds what is missing; returns what was indexed, such as <c>2026-10</c> and <c>2026-11-01 to 2026-11-28</c>.</summary>
    /// <param name="today">The present day.</param>
    /// <param name="includeCurrent">Whether to index the current month and later ones as a whole as well.</param>
    public async ValueTask<IReadOnlyList<string>> BuildAsync(DateOnly today, bool includeCurrent)
    {
        if (!await TryLockAsync().ConfigureAwait(false)) throw new AuditStoreException($"{place}: another process is building the indexes for text search. Wait for its end.");
        string current = Text(today, "'audit_record_'yyyy_MM");
        List<(string Name, string IsValid)> indexes = await ReadAsync(IndexSql).ConfigureAwait(false);
        // An interrupted build leaves an index that only costs time.
        foreach ((string name, _) in indexes.Where(index => index.IsValid == "false")) await DropAsync(name).ConfigureAwait(false);
        string[] valid = [.. indexes.Where(index => index.IsValid == "true").Select(index => index.Name)];
        foreach ((string partition, _) in await ReadAsync(PartitionSql).ConfigureAwait(false))
        {
            string[] parts = [.. valid.Where(index => index.StartsWith(partition + "_text_", StringComparison.Ordinal))];
            if (includeCurrent || string.CompareOrdinal(partition, current) < 0 || valid.Contains(partition + "_text")) await BuildMonthAsync(partition, valid, parts).ConfigureAwait(false);
            else if (partition == current && today.Day > 1) await BuildDaysAsync(partition, parts, today.AddDays(-1)).ConfigureAwait(false);
        }
        await ExecuteAsync($"SELECT pg_advisory_unlock({Lock.ToString(CultureInfo.InvariantCulture)})").ConfigureAwait(false);
        return _built;
    }

    private async ValueTask BuildMonthAsync(string partition, string[] valid, string[] parts)
    {
        if (!valid.Contains(partition + "_text"))
        {
            await CreateAsync(partition, partition + "_text", condition: "").ConfigureAwait(false);
            _built.Add(partition["audit_record_".Length..].Replace('_', '-'));
        }
        foreach (string part in parts) await DropAsync(part).ConfigureAwait(false);
    }

    private async ValueTask BuildDaysAsync(string partition, string[] parts, DateOnly last)
    {
        int indexed = parts.Select(part => int.Parse(part.AsSpan()[^2..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        if (indexed >= last.Day) return;
        bool replaces = parts.Length >= MostParts;
        var first = new DateOnly(last.Year, last.Month, replaces ? 1 : indexed + 1);
        string condition = $" WHERE time >= '{Text(first, "yyyy-MM-dd")} 00:00:00+00' AND time < '{Text(last.AddDays(1), "yyyy-MM-dd")} 00:00:00+00'";
        await CreateAsync(partition, $"{partition}_text_{Text(first, "dd")}_{Text(last, "dd")}", condition).ConfigureAwait(false);
        _built.Add(first == last ? Text(first, "yyyy-MM-dd") : $"{Text(first, "yyyy-MM-dd")} to {Text(last, "yyyy-MM-dd")}");
        if (!replaces) return;
        foreach (string part in parts) await DropAsync(part).ConfigureAwait(false);
    }

    private ValueTask CreateAsync(string partition, string index, string condition) => ExecuteAsync(
        $"CREATE INDEX CONCURRENTLY {index} ON ezaudit.{partition} USING gin (ezaudit.search_text(login, actor_id, address, fields) gin_trgm_ops){condition}");

    private ValueTask DropAsync(string index) => ExecuteAsync($"DROP INDEX CONCURRENTLY ezaudit.{index}");

    // Only tried: a session that waits for a lock would have to be waited for by the one that builds an index.
    private ValueTask<bool> TryLockAsync() => OwnerCommand.ReadAsync<bool>(connection, "SELECT pg_try_advisory_lock($1)", cancellation, Lock);

    private async ValueTask<List<(string, string)>> ReadAsync(string sql)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<(string, string)>();
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false)) rows.Add((reader.GetString(0), reader.GetString(1)));
                return rows;
            }
        }
    }

    private ValueTask ExecuteAsync(string sql) => OwnerCommand.ExecuteAsync(connection, sql, cancellation);

    private static string Text(DateOnly day, string form) => day.ToString(form, CultureInfo.InvariantCulture);
}
