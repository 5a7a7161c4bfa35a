using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using Npgsql;

namespace EzAudit.PostgreSql.Sending;

/// <summary>
/// Puts records into the store, each exactly once, also if other connections insert the same ones at the same time and in another order. Not thread-safe.
/// </summary>
/// <remarks>
/// Records are copied straight into the table, where a unique index makes a second copy fail. Then, and when a connection first sees a run, the store is
/// asked which ones it has, and these are left out. Measured in docs/central.md: as fast as a COPY that nothing guards, and 2 to 3 times as fast as a staging
/// table or INSERT ... ON CONFLICT DO NOTHING.
/// </remarks>
internal sealed class RecordInserter(StorePlace place) : IAsyncDisposable
{
    // Another connection that inserts the same records may end differently each time.
    private const int MostAttempts = 10;

    // A collector sees runs of a thousand servers for months.
    private const int MostRuns = 100_000;

    private readonly NpgsqlDataSource _source = place.CreateSource();

    // The runs of which everything in the store came over this connection or was found since it was opened.
    private readonly HashSet<int> _knownRuns = [];
    private StoreSession? _session;

    /// <summary>Inserts records of any runs; when it returns, all that are not refused are in the store for good.</summary>
    /// <returns>The records that the store refuses for good, in their order.</returns>
    /// <exception cref="AuditStoreException">The store cannot take them now. Any of them may be in the store.</exception>
    public async ValueTask<IReadOnlyList<AuditStoreRefusal>> InsertAsync(IReadOnlyList<AuditEnvelope> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0) return [];
        var refusals = new List<AuditStoreRefusal>();
        await UseAsync(async session =>
        {
            StoreRow[] rows = await FindRunsAsync(session, records, refusals, cancellationToken).ConfigureAwait(false);
            await session.PrepareMonthsAsync(records, cancellationToken).ConfigureAwait(false);
            if (rows.Length > 0) await InsertPartAsync(session, rows, refusals, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return [.. refusals.OrderBy(refusal => refusal.Index)];
    }

    /// <summary>Has the store keep checkpoints, each once.</summary>
    public async ValueTask<IReadOnlyList<AuditStoreRefusal>> AddCheckpointsAsync(IReadOnlyList<AuditStoreCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        if (checkpoints.Count == 0) return [];
        var refusals = new List<AuditStoreRefusal>();
        await UseAsync(async session =>
        {
            for (int i = 0; i < checkpoints.Count; i++)
            {
                string? refusal = await session.AddCheckpointAsync(checkpoints[i], cancellationToken).ConfigureAwait(false);
                if (refusal is not null) refusals.Add(new AuditStoreRefusal(i, $"{place.Name}: {refusal}"));
            }
            await session.SettleAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return refusals;
    }

    /// <summary>Connects unless a connection is open, and checks that it works.</summary>
    /// <exception cref="AuditStoreException">The store cannot be used.</exception>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => UseAsync(session => session.CheckAsync(cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask UseAsync(Func<StoreSession, ValueTask> work, CancellationToken cancellationToken)
    {
        try
        {
            _session ??= await StoreSession.OpenAsync(_source, place, cancellationToken).ConfigureAwait(false);
            await work(_session).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whatever the connection is in the middle of, the next call starts afresh.
            await CloseAsync().ConfigureAwait(false);
            if (StoreFailure.IsOfStore(failure)) throw StoreFailure.Of(failure, place.Name, place.Role);
            throw;
        }
    }

    /// <summary>The records as rows, without those whose run the store refuses, and each id once.</summary>
    private async ValueTask<StoreRow[]> FindRunsAsync(
        StoreSession session, IReadOnlyList<AuditEnvelope> records, List<AuditStoreRefusal> refusals, CancellationToken cancellationToken)
    {
        if (session.Runs.Count > MostRuns)
        {
            session.Runs.Clear();
            _knownRuns.Clear();
        }
        await session.Runs.FindAsync(records, cancellationToken).ConfigureAwait(false);
        var rows = new List<StoreRow>(records.Count);
        for (int i = 0; i < records.Count; i++)
        {
            (int run, string? refusal) = session.Runs.Of(records[i].Id);
            if (refusal is null) rows.Add(new StoreRow(records[i], run, i));
            else refusals.Add(new AuditStoreRefusal(i, $"{place.Name}: {refusal}"));
        }
        // In one order for all: inserters that wait for one another in different orders would end in a deadlock.
        rows.Sort((one, other) => (one.Run, one.Number, one.Index).CompareTo((other.Run, other.Number, other.Index)));
        return [.. rows.Where((row, i) => i == 0 || (row.Run, row.Number) != (rows[i - 1].Run, rows[i - 1].Number))];
    }

    private async ValueTask InsertPartAsync(StoreSession session, ArraySegment<StoreRow> part, List<AuditStoreRefusal> refusals, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await InsertMissingAsync(session, part, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PostgresException failure) when (IsRace(failure) && attempt < MostAttempts)
            {
                foreach (StoreRow row in part) _knownRuns.Remove(row.Run);
            }
            catch (PostgresException failure) when (StoreFailure.IsRefusal(failure))
            {
                if (part.Count == 1)
                {
                    refusals.Add(new AuditStoreRefusal(part[0].Index, $"{place.Name}: {failure.MessageText} ({failure.SqlState})."));
                    return;
                }
                // Which record it was, the server does not always say.
                int half = part.Count / 2;
                await InsertPartAsync(session, part[..half], refusals, cancellationToken).ConfigureAwait(false);
                part = part[half..];
                attempt = 0;
            }
        }
    }

    private async ValueTask InsertMissingAsync(StoreSession session, ArraySegment<StoreRow> part, CancellationToken cancellationToken)
    {
        ArraySegment<StoreRow> missing = part;
        StoreRow[] unknown = [.. part.Where(row => !_knownRuns.Contains(row.Run))];
        if (unknown.Length > 0)
        {
            HashSet<(int Run, long Number)> stored = await session.FindStoredAsync(unknown, cancellationToken).ConfigureAwait(false);
            if (stored.Count > 0) missing = part.Where(row => !stored.Contains((row.Run, row.Number))).ToArray();
        }
        // A COPY that commits settles what was committed before it, too.
        if (missing.Count > 0) await session.CopyAsync(missing, cancellationToken).ConfigureAwait(false);
        else await session.SettleAsync(cancellationToken).ConfigureAwait(false);
        foreach (StoreRow row in unknown) _knownRuns.Add(row.Run);
    }

    // Partitions have an index each, so that the same order of records does not exclude every deadlock.
    private static bool IsRace(PostgresException failure) => failure.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected;

    private async ValueTask CloseAsync()
    {
        _knownRuns.Clear();
        if (_session is null) return;
        await _session.DisposeAsync().ConfigureAwait(false);
        _session = null;
    }
}
