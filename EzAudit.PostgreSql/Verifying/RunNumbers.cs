using System.Globalization;
using EzAudit.PostgreSql.Reading;
using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Verifying;

/// <summary>Finds the numbers that are missing in the runs of a ledger, and those that occur twice. Not thread-safe.</summary>
/// <param name="snapshot">The store.</param>
/// <param name="groups">What the store has of each run.</param>
internal sealed class RunNumbers(StoreSnapshot snapshot, IReadOnlyList<RunGroup> groups)
{
    private const int MaxHoles = 10_000;

    /// <summary>The holes, and the repeated numbers, in the order of the runs.</summary>
    public IReadOnlyList<NumberHole> Find()
    {
        int[] suspects =
        [
            .. groups.GroupBy(group => group.Run)
                // A run whose records have places in other ledgers only is verified with those.
                .Where(run => run.Any(group => group.Placed > 0) || run.All(group => group.Elsewhere == 0))
                .Where(run => run.Min(group => group.First) != 1 || run.Max(group => group.Last) != run.Sum(group => group.Count))
                .Select(run => run.Key).Order(),
        ];
        return suspects.Length == 0 ? [] : snapshot.Query(Statement(suspects), Read);
    }

    /// <summary>Whether the store has all numbers of a hole by now: senders may store them out of order.</summary>
    public static bool IsFilled(NpgsqlDataSource source, NumberHole hole)
    {
        if (hole.IsRepeated) return false;
        var sql = new SqlText();
        string run = sql.Parameter(hole.Run, NpgsqlDbType.Integer);
        string first = sql.Parameter(hole.First, NpgsqlDbType.Bigint);
        string last = sql.Parameter(hole.Last, NpgsqlDbType.Bigint);
        sql.Add($"SELECT count(DISTINCT number) FROM ezaudit.audit_record WHERE run = {run} AND number BETWEEN {first} AND {last}");
        using NpgsqlConnection connection = source.OpenConnection();
        using NpgsqlCommand command = sql.CreateCommand(connection);
        return command.ExecuteScalar() is long count && count == hole.Count;
    }

    // The index on run, number and time has all that is needed.
    private static SqlText Statement(int[] runs)
    {
        var sql = new SqlText();
        string ids = sql.Parameter(runs, NpgsqlDbType.Array | NpgsqlDbType.Integer);
        return sql.Add(
            $"SELECT run, before, number, coalesce(time_before, '-infinity'), time FROM (SELECT run, number, time, coalesce(lag(number) OVER w, 0) AS before, lag(time) OVER w AS time_before "
            + $"FROM ezaudit.audit_record WHERE run = ANY ({ids}) WINDOW w AS (PARTITION BY run ORDER BY number, time)) numbers "
            + $"WHERE number <> before + 1 ORDER BY run, number LIMIT {MaxHoles.ToString(CultureInfo.InvariantCulture)}");
    }

    private static NumberHole Read(NpgsqlDataReader reader) =>
        new(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2)) { Since = StoreSnapshot.TimeOf(reader, 3), Until = StoreSnapshot.TimeOf(reader, 4) };
}

/// <summary>Numbers that are missing between two records of a run, or a number that two records have.</summary>
/// <param name="Run">The run in the store.</param>
/// <param name="Before">The number before them.</param>
/// <param name="Next">The number after them.</param>
internal sealed record NumberHole(int Run, long Before, long Next)
{
    /// <summary>The time of the record before them.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The time of the record after them.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Whether two records have the number, or it is none.</summary>
    public bool IsRepeated => Next <= Before;

    public long First => Before + 1;

    public long Last => Next - 1;

    public long Count => Last - Before;
}

/// <summary>What the store has of a function in a run.</summary>
/// <param name="Run">The run in the store.</param>
/// <param name="Function">The function.</param>
/// <param name="Count">The records.</param>
internal sealed record RunGroup(int Run, string Function, long Count)
{
    public long First { get; init; }

    public long Last { get; init; }

    /// <summary>The records that have a place in the ledger.</summary>
    public long Placed { get; init; }

    /// <summary>The records that have a place in another ledger.</summary>
    public long Elsewhere { get; init; }

    /// <summary>The records in the default partition.</summary>
    public long InDefault { get; init; }

    /// <summary>The records without a place.</summary>
    public long Unplaced => Count - Placed - Elsewhere;

    public static List<RunGroup> Read(StoreSnapshot snapshot, string ledger)
    {
        var sql = new SqlText();
        string own = sql.Text(Text.StoreText.Encode(ledger));
        sql.Add(
            $"SELECT run, function, count(*), min(number), max(number), count(*) FILTER (WHERE ledger = {own}), count(*) FILTER (WHERE ledger <> {own}), "
            + "count(*) FILTER (WHERE tableoid = 'ezaudit.audit_record_default'::regclass) FROM ezaudit.audit_record GROUP BY run, function ORDER BY run, function");
        return snapshot.Query(sql, reader => new RunGroup(reader.GetInt32(0), Text.StoreText.Decode(reader.GetString(1)), reader.GetInt64(2))
        {
            First = reader.GetInt64(3), Last = reader.GetInt64(4), Placed = reader.GetInt64(5), Elsewhere = reader.GetInt64(6), InDefault = reader.GetInt64(7),
        });
    }
}
