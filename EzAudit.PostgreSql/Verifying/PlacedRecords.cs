using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.PostgreSql.Reading;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.PostgreSql.Text;
using EzAudit.Records;
using Npgsql;

namespace EzAudit.PostgreSql.Verifying;

/// <summary>The records of the store that have places in a ledger, with what contradicts itself in their columns. Not thread-safe.</summary>
internal sealed class PlacedRecords(StoreSnapshot snapshot, StorePlace place, DroppedMonths dropped) : IAuditPlacedRecords
{
    // One a minute for more than two months; the newest vouch for all leaves before them.
    private const int MaxCheckpoints = 100_000;

    // After the columns of a record; ticks that .NET cannot hold differ from the time in any case.
    private const int FileColumn = 12;
    private const string LongestTicks = "3155378975999999999";

    private static readonly string Columns = StoredRecord.Columns.Replace(" ticks,", $" greatest(0, least(ticks, {LongestTicks})),", StringComparison.Ordinal)
        + ", coalesce(ledger_file, 0), coalesce(ledger_offset, -1), address_key, succeeded, ledger";

    private readonly OutcomeTally _outcomes = new();

    /// <summary>Checkpoints that the store received later are left out; <see langword="null"/> for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The outcomes of the records that were read.</summary>
    public OutcomeTally Outcomes => _outcomes;

    public IReadOnlyList<KeyValuePair<string, string>> ReadCheckpoints(string ledger) => place.Use(() =>
    {
        var sql = new SqlText();
        sql.Add($"SELECT id, line, role, received FROM ezaudit.checkpoint WHERE ledger = {sql.Text(ledger)}");
        if (Until is { } until) sql.Add($" AND received <= {sql.Parameter(StoreTime.Parameter(until))}");
        sql.Add($" ORDER BY size DESC, id LIMIT {MaxCheckpoints.ToString(CultureInfo.InvariantCulture)}");
        return snapshot.Query(sql, reader => KeyValuePair.Create(
            $"checkpoint {reader.GetInt64(0)} of the store, from role {reader.GetString(2)} at {StoreSnapshot.TimeOf(reader, 3):yyyy-MM-dd'T'HH:mm:ss'Z'}", reader.GetString(1)));
    });

    public IEnumerable<AuditPlacedRecord> Read(string ledger, CancellationToken cancellationToken)
    {
        // Read before the records, because a connection does one thing at a time.
        place.Use(() => snapshot.Runs, cancellationToken);
        var sql = new SqlText();
        sql.Add($"SELECT {Columns} FROM ezaudit.audit_record WHERE ledger = {sql.Text(StoreText.Encode(ledger))} ORDER BY coalesce(ledger_file, 0), coalesce(ledger_offset, -1)");
        using IEnumerator<AuditPlacedRecord> records = snapshot.Stream(sql, reader => Read(reader, ledger), cancellationToken).GetEnumerator();
        while (place.Use(records.MoveNext, cancellationToken)) yield return records.Current;
    }

    public string? ExplainMissing(DateTimeOffset time) => dropped.Explain(time, time);

    private AuditPlacedRecord Read(NpgsqlDataReader reader, string ledger)
    {
        StoredRecord stored = StoredRecord.Read(reader);
        var where = new AuditLedgerPlace(ledger, reader.GetInt64(FileColumn), reader.GetInt64(FileColumn + 1));
        bool succeeded = reader.GetBoolean(FileColumn + 3);
        string? problem = !snapshot.Runs.ContainsKey(stored.Key.Run) ? $"the store has no run {stored.Key.Run}, which column run names"
            : stored.Key.Time != StoreTime.MicrosecondsOf(stored.Record.Time) ? "the store has another time in column time than in column ticks"
            : StoreText.Decode(reader.GetString(FileColumn + 2)) != AddressKey.Of(stored.Record.Address) ? "the store has another address in column address_key than in column address"
            : RecordedOutcome.OfFields(stored.Record) is { } outcome && succeeded != (outcome == AuditOutcome.Success) ? "the store has another outcome in column succeeded than in the fields"
            : null;
        _outcomes.Add(stored, succeeded);
        return new AuditPlacedRecord(snapshot.IdOf(stored.Key.Run, stored.Key.Number), stored.Record, stored.Bytes, where) { Problem = problem };
    }
}

/// <summary>The outcomes of each function's records whose fields say none: a definition gives all of them the same. Not thread-safe.</summary>
internal sealed class OutcomeTally
{
    private const int MaxFunctions = 10_000;

    private readonly Dictionary<string, (long Count, StoredKey First)?[]> _functions = new(StringComparer.Ordinal);

    public void Add(StoredRecord stored, bool succeeded)
    {
        if (RecordedOutcome.OfFields(stored.Record) is not null) return;
        string function = stored.Record.Function ?? "";
        if (!_functions.TryGetValue(function, out (long Count, StoredKey First)?[]? outcomes))
        {
            if (_functions.Count == MaxFunctions) return;
            _functions[function] = outcomes = new (long, StoredKey)?[2];
        }
        ref (long Count, StoredKey First)? outcome = ref outcomes[succeeded ? 1 : 0];
        outcome = ((outcome?.Count ?? 0) + 1, outcome?.First ?? stored.Key);
    }

    /// <summary>The functions with both outcomes: the rarer one, how often it occurs, and where first.</summary>
    public IEnumerable<(string Function, bool Succeeded, long Count, StoredKey First)> FindContradictions()
    {
        foreach ((string function, (long Count, StoredKey First)?[] outcomes) in _functions)
        {
            if (outcomes[0] is not { } failed || outcomes[1] is not { } succeeded) continue;
            bool isSuccessRare = succeeded.Count < failed.Count;
            (long count, StoredKey first) = isSuccessRare ? succeeded : failed;
            yield return (function, isSuccessRare, count, first);
        }
    }
}
