using System.Globalization;
using EzAudit.PostgreSql.Text;
using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Reading;

/// <summary>Reads the records that satisfy the conditions of a query from the store, in pages or all at once.</summary>
internal sealed class StoreSearch(NpgsqlDataSource source, StoreLayout layout, StoreQuery query, CancellationToken cancellation)
{
    private const int FirstPage = 64;
    private const int MostPage = 1024;

    /// <summary>The records in the order of time, read page by page as far as the caller goes on.</summary>
    public IEnumerable<StoredRecord> InOrder(bool isBackwards)
    {
        int size = FirstPage;
        foreach (StoreWindow window in Windows(isBackwards))
        {
            StoredKey? last = null;
            List<StoredRecord> page;
            do
            {
                page = [.. Run(Page(window, last, isBackwards, size))];
                foreach (StoredRecord record in page)
                {
                    yield return record;
                    last = record.Key;
                }
                // A search that went on may go on for long.
                if (page.Count < size) break;
                size = Math.Min(size * 2, MostPage);
            }
            while (true);
        }
    }

    /// <summary>The records in any order, as they arrive.</summary>
    public IEnumerable<StoredRecord> InAnyOrder() => layout.WindowsOf(query).SelectMany(window =>
    {
        var sql = new SqlText();
        string range = Range(sql, window);
        sql.Add(string.Join(" UNION ALL ", query.Branches(sql).Select(branch => $"SELECT {StoredRecord.Columns} FROM ezaudit.audit_record WHERE {range}{branch}")));
        return Run(sql);
    });

    private IEnumerable<StoreWindow> Windows(bool isBackwards)
    {
        if (query.Access == StoreAccess.InOrder) return [new StoreWindow(query.Since, query.Until == StoreTime.Future ? StoreTime.Future : query.Until + 1)];
        IReadOnlyList<StoreWindow> windows = layout.WindowsOf(query);
        IEnumerable<StoreWindow> ordered = isBackwards ? windows.Reverse() : windows;
        return query.Access == StoreAccess.ByText ? ordered : StoreWindows.Joined(ordered, StoreTime.MicrosecondsOf(TimeProvider.System.GetUtcNow()));
    }

    private SqlText Page(StoreWindow window, StoredKey? last, bool isBackwards, int size)
    {
        var sql = new SqlText();
        string range = Range(sql, window);
        if (last is { } key)
        {
            // PostgreSQL leaves out partitions only by a comparison of the time alone.
            string time = sql.Parameter(StoreTime.Parameter(key.Time));
            string ticks = sql.Parameter(key.Ticks, NpgsqlDbType.Bigint);
            string run = sql.Parameter(key.Run, NpgsqlDbType.Integer);
            string number = sql.Parameter(key.Number, NpgsqlDbType.Bigint);
            range += $" AND time {(isBackwards ? "<=" : ">=")} {time} AND (time, ticks, run, number) {(isBackwards ? "<" : ">")} ({time}, {ticks}, {run}, {number})";
        }
        string direction = isBackwards ? "DESC" : "ASC";
        string order = $" ORDER BY time {direction}, ticks {direction}, run {direction}, number {direction} LIMIT {size.ToString(CultureInfo.InvariantCulture)}";
        string[] branches = [.. query.Branches(sql).Select(branch => $"SELECT {StoredRecord.Columns} FROM ezaudit.audit_record WHERE {range}{branch}{order}")];
        if (branches is [string only]) return sql.Add(only);
        return sql.Add($"SELECT * FROM ({string.Join(" UNION ALL ", branches.Select(branch => $"({branch})"))}) found{order}");
    }

    // Without a condition that excludes nothing, which PostgreSQL would expect to exclude something.
    private static string Range(SqlText sql, StoreWindow window)
    {
        string start = window.Start == StoreTime.Past ? "true" : $"time >= {sql.Parameter(StoreTime.Parameter(window.Start))}";
        return window.End == StoreTime.Future ? start : $"{start} AND time < {sql.Parameter(StoreTime.Parameter(window.End))}";
    }

    private IEnumerable<StoredRecord> Run(SqlText sql)
    {
        cancellation.ThrowIfCancellationRequested();
        using NpgsqlConnection connection = source.OpenConnection();
        // Planning a statement over many months takes longer than finding the newest records in them.
        using NpgsqlBatch batch = query.Access == StoreAccess.InOrder ? sql.CreatePrepared(connection) : sql.CreateBatch(connection);
        using CancellationTokenRegistration registration = cancellation.Register(batch.Cancel);
        using NpgsqlDataReader reader = batch.ExecuteReader();
        if (batch.BatchCommands.Count > 1) reader.NextResult();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return StoredRecord.Read(reader);
        }
    }
}
