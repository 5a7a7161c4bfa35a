using System.Runtime.CompilerServices;
using EzAudit.PostgreSql.Schema;
using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Reading;

/// <summary>Finds records that were committed since the last look, whatever their times are, each once.</summary>
/// <remarks>
/// Each record knows the transaction that inserted it. New are those of transactions that are visible now and were not in the snapshot of the last look; a
/// transaction that took long is therefore not missed.
/// </remarks>
internal sealed class StoreFollower(NpgsqlDataSource source, StorePlace place, StoreQuery query)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private string? _snapshot;

    /// <summary>Notes what is visible now.</summary>
    public void Start() => _snapshot = place.Use(() =>
    {
        using NpgsqlConnection connection = source.OpenConnection();
        return SnapshotOf(connection);
    });

    /// <summary>The records that come in, until cancelled.</summary>
    public async IAsyncEnumerable<StoredRecord> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (StoredRecord record in place.Use(Look, CancellationToken.None)) yield return record;
            try
            {
                await Task.Delay(LookInterval, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The end of following is not a failure.
                yield break;
            }
        }
    }

    private List<StoredRecord> Look()
    {
        using NpgsqlConnection connection = source.OpenConnection();
        // One snapshot for both statements.
        using NpgsqlTransaction transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        string snapshot = SnapshotOf(connection);
        if (snapshot == _snapshot) return [];
        var sql = new SqlText();
        string before = sql.Parameter(_snapshot!, NpgsqlDbType.Text);
        sql.Add(string.Join(" UNION ALL ", query.Branches(sql).Select(branch => $"""
            SELECT {StoredRecord.Columns} FROM ezaudit.audit_record
            WHERE xact >= pg_snapshot_xmin({before}::pg_snapshot)::text::bigint AND NOT pg_visible_in_snapshot(xact::text::xid8, {before}::pg_snapshot){branch}
            """)));
        sql.Add(" ORDER BY time, ticks, run, number");
        using NpgsqlCommand command = sql.CreateCommand(connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        var found = new List<StoredRecord>();
        while (reader.Read()) found.Add(StoredRecord.Read(reader));
        _snapshot = snapshot;
        return found;
    }

    private static string SnapshotOf(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = new SqlText().Add("SELECT pg_current_snapshot()::text").CreateCommand(connection);
        return (string)command.ExecuteScalar()!;
    }
}
