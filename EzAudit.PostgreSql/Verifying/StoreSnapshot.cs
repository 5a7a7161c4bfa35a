using EzAudit.Extensibility;
using EzAudit.PostgreSql.Reading;
using EzAudit.PostgreSql.Text;
using Npgsql;

namespace EzAudit.PostgreSql.Verifying;

/// <summary>The store as it is at one moment, whatever writers do meanwhile. Not thread-safe.</summary>
internal sealed class StoreSnapshot : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private Dictionary<int, StoredRun>? _runs;

    public StoreSnapshot(NpgsqlDataSource source)
    {
        _connection = source.OpenConnection();
        _transaction = _connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
    }

    /// <summary>The runs by their numbers in the store.</summary>
    public IReadOnlyDictionary<int, StoredRun> Runs => _runs ??= Query(
        new SqlText().Add("SELECT id, origin, run, first_seen < now() - interval '5 minutes', first_seen FROM ezaudit.audit_run"),
        reader => new StoredRun(reader.GetInt32(0), StoreText.Decode(reader.GetString(1)), StoreText.Decode(reader.GetString(2)))
        {
            IsOld = reader.GetBoolean(3), FirstSeen = TimeOf(reader, 4),
        }).ToDictionary(run => run.Id);

    /// <summary>Names a record, also of a run that the store does not know.</summary>
    public string NameOf(int run, long number) => IdOf(run, number).ToString();

    /// <summary>The id of a record.</summary>
    public AuditRecordId IdOf(int run, long number) =>
        Runs.TryGetValue(run, out StoredRun? known) ? new(known.Origin, known.Run, number) : new("unknown", $"run-{run}", number);

    /// <summary>The rows of a statement, read as far as the caller goes on; no other statement may run meanwhile.</summary>
    public IEnumerable<T> Stream<T>(SqlText sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation = default)
    {
        using NpgsqlCommand command = sql.CreateCommand(_connection);
        command.Transaction = _transaction;
        using CancellationTokenRegistration registration = cancellation.Register(command.Cancel);
        using NpgsqlDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return read(reader);
        }
    }

    public List<T> Query<T>(SqlText sql, Func<NpgsqlDataReader, T> read) => [.. Stream(sql, read)];

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    /// <summary>A time of a row. Those that .NET cannot hold are its first and last.</summary>
    public static DateTimeOffset TimeOf(NpgsqlDataReader reader, int column)
    {
        long microseconds = reader.GetFieldValue<long>(column);
        return microseconds <= StoreTime.MicrosecondsOf(DateTimeOffset.MinValue) ? DateTimeOffset.MinValue
            : microseconds >= StoreTime.MicrosecondsOf(DateTimeOffset.MaxValue) ? DateTimeOffset.MaxValue
            : new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
    }
}

/// <summary>A run of the store.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Origin">The origin of its records.</param>
/// <param name="Run">Its name.</param>
internal sealed record StoredRun(int Id, string Origin, string Run)
{
    /// <summary>Whether its first records have had minutes to arrive.</summary>
    public bool IsOld { get; init; }

    public DateTimeOffset FirstSeen { get; init; }

    public override string ToString() => new AuditRecordId(Origin, Run, 0).ToString()[..^2];
}
