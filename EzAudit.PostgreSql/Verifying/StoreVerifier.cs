using System.Globalization;
using EzAudit.PostgreSql.Reading;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Text;
using EzAudit.Records;
using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Verifying;

/// <summary>Verifies the store with a ledger: each record with the extents, the numbers of each run, and what the store says of itself. Used once.</summary>
internal sealed class StoreVerifier(NpgsqlDataSource source, StorePlace place, AuditLedger ledger)
{
    private const int MaxNamed = 10;

    public AuditVerification Verify(AuditVerifyOptions options, CancellationToken cancellation)
    {
        using StoreSnapshot snapshot = place.Use(() => new StoreSnapshot(source), cancellation);
        DroppedMonths dropped = place.Use(() => new DroppedMonths(snapshot), cancellation);
        string name = ledger.TrustedKeys.Select(key => key[..key.IndexOf('+', StringComparison.Ordinal)]).FirstOrDefault("");
        List<RunGroup> groups = place.Use(() => RunGroup.Read(snapshot, name), cancellation);
        IReadOnlyList<NumberHole> holes = place.Use(() => new RunNumbers(snapshot, groups).Find(), cancellation);
        AuditFinding[] own = place.Use(() => FindOwn(snapshot, groups, dropped, name).ToArray(), cancellation);
        var records = new PlacedRecords(snapshot, place, dropped) { Until = options.Until };
        AuditVerification verification = ledger.VerifyStore(records, options, cancellation);
        if (verification.Result == AuditVerificationResult.Unverified) return verification;
        NumberHole[] open = place.Use(() => holes.Where(hole => !RunNumbers.IsFilled(source, hole)).ToArray(), cancellation);
        var lost = new LostRecords(verification);
        return StoreFindings.Add(verification, [.. open.Select(hole => Judge(hole, snapshot, dropped, lost)), .. FindOutcomes(records, snapshot), .. own]);
    }

    private static AuditFinding Judge(NumberHole hole, StoreSnapshot snapshot, DroppedMonths dropped, LostRecords lost)
    {
        if (hole.IsRepeated)
        {
            return StoreFindings.Of(StoreFindings.RowRepeated, hole.Next < 1
                ? $"no record has such a number: it was added: record {snapshot.NameOf(hole.Run, hole.Next)}"
                : $"two records have the number {hole.Next} in their run: one of them was added or moved here: record {snapshot.NameOf(hole.Run, hole.Next)}") with { Time = hole.Until };
        }
        string numbers = hole.Count == 1 ? $"record {snapshot.NameOf(hole.Run, hole.First)}" : $"{hole.Count} records, {snapshot.NameOf(hole.Run, hole.First)} to {hole.Last}";
        if (dropped.Explain(hole.Since, hole.Until) is { } reason) return StoreFindings.Of(StoreFindings.MonthDropped, $"missing in their run: {reason}: {numbers}") with { Time = hole.Until };
        if (lost.TryTake(hole))
        {
            return StoreFindings.Of(
                StoreFindings.RowLost, $"missing in their run; the ledger says that as many records could not be stored afterwards, which the sender's dead-letter file confirms: {numbers}") with { Time = hole.Until };
        }
        return StoreFindings.Of(StoreFindings.RowRemoved, $"missing in their run, although later ones are there: removed from the store: {numbers}") with { Time = hole.Until };
    }

    // The fields of these records say no outcome, so that of their function applies to all.
    private static IEnumerable<AuditFinding> FindOutcomes(PlacedRecords records, StoreSnapshot snapshot)
    {
        foreach ((string function, bool succeeded, long count, StoredKey first) in records.Outcomes.FindContradictions())
        {
            string more = count == 1 ? "" : $", and {count - 1} more";
            yield return StoreFindings.Of(
                StoreFindings.RowColumn,
                $"the store has {(succeeded ? "true" : "false")} in column succeeded, and something else in most records of the function: record {snapshot.NameOf(first.Run, first.Number)}{more}") with
                {
                    Functions = [function],
                };
        }
    }

    private static IEnumerable<AuditFinding> FindOwn(StoreSnapshot snapshot, IReadOnlyList<RunGroup> groups, DroppedMonths dropped, string name)
    {
        HashSet<int> used = [.. groups.Select(group => group.Run)];
        foreach (StoredRun run in snapshot.Runs.Values.Where(run => run.IsOld && !used.Contains(run.Id) && dropped.Explain(run.FirstSeen, run.FirstSeen) is null).OrderBy(run => run.Id))
            yield return StoreFindings.Of(StoreFindings.RunEmpty, $"the run {run} has no record: all were removed, or its first one never arrived") with { Time = run.FirstSeen };
        foreach (RunGroup group in groups.Where(group => group.Placed > 0 && group.Placed < group.Count)) yield return FindUnplaced(snapshot, group, name);
        long unsealed = groups.Where(group => group.Placed == 0).Sum(group => group.Unplaced);
        if (unsealed > 0) yield return StoreFindings.Of(StoreFindings.RowUnsealed, $"{unsealed} records without a place in a ledger: nothing vouches for them");
        long elsewhere = groups.Where(group => group.Placed == 0).Sum(group => group.Elsewhere);
        if (elsewhere > 0) yield return StoreFindings.Of(StoreFindings.RowElsewhere, $"{elsewhere} records of other ledgers: verify them with those");
        long misplaced = groups.Sum(group => group.InDefault);
        if (misplaced > 0) yield return StoreFindings.Of(StoreFindings.RowDefault, $"{misplaced} records are in the default partition: of months without a partition");
        foreach (AuditFinding note in dropped.Notes) yield return note;
    }

    // All records of a function in a run go the same way, unless the log file failed.
    private static AuditFinding FindUnplaced(StoreSnapshot snapshot, RunGroup group, string name)
    {
        var sql = new SqlText();
        string run = sql.Parameter(group.Run, NpgsqlDbType.Integer);
        string function = sql.Text(StoreText.Encode(group.Function));
        sql.Add($"SELECT number, coalesce(ledger, '') FROM ezaudit.audit_record WHERE run = {run} AND function = {function} AND ledger IS DISTINCT FROM {sql.Text(StoreText.Encode(name))}");
        sql.Add($" ORDER BY number LIMIT {MaxNamed.ToString(CultureInfo.InvariantCulture)}");
        List<string> named = snapshot.Query(sql, reader => $"{snapshot.NameOf(group.Run, reader.GetInt64(0))}{(reader.GetString(1) is { Length: > 0 } other ? $" (ledger {other})" : "")}");
        long more = group.Count - group.Placed - named.Count;
        string problem = "the other records of its function and run have a place in this ledger; the log file could not be written then, or columns of the store were changed";
        return StoreFindings.Of(StoreFindings.RowUnplaced, $"{problem}: {string.Join(", ", named)}{(more > 0 ? $", and {more} more" : "")}") with { Functions = [group.Function] };
    }
}

/// <summary>The records that could not be stored anywhere, according to the ledger. Not thread-safe.</summary>
internal sealed class LostRecords
{
    private const string Dropped = "dropped";

    private readonly List<(DateTimeOffset Time, long Left)> _losses = [];

    public LostRecords(AuditVerification verification)
    {
        foreach (AuditFinding finding in verification.Findings.Where(finding => finding.Code == Dropped))
        {
            // N records could not be stored: REASON
            if (long.TryParse(finding.Problem.AsSpan(0, finding.Problem.IndexOf(' ', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture, out long count))
                _losses.Add((finding.Time ?? DateTimeOffset.MaxValue, count));
        }
    }

    /// <summary>Takes as many records as a hole has from those that were recorded as lost afterwards; false if there are not enough.</summary>
    public bool TryTake(NumberHole hole)
    {
        int index = _losses.FindIndex(loss => loss.Time >= hole.Since && loss.Left >= hole.Count);
        if (index < 0) return false;
        _losses[index] = _losses[index] with { Left = _losses[index].Left - hole.Count };
        return true;
    }
}
