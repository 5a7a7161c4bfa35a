using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using Npgsql;

namespace EzAudit.PostgreSql.Sending;

/// <summary>
/// Puts records into the store, each exactly once, also if other connections insert the same ones at the same time and in another order. Not thread-safe.
/// </summary>
/// <remarks>
/// Records are copied straight into the table, where a unique index makes a second copy fail. Then, and at the start of each connection, the store is asked
/// which ones it has, and these are left out. Measured in docs/central.md: as fast as a COPY that nothing guards, and 2 to 3 times as fast as a staging
/// table or INSERT ... ON CONFLICT DO NOTHING.
/// </remarks>
internal sealed class RecordInserter(StorePlace place) : IAsyncDisposable
{
    // Another connection that inserts the same records may end differently each time.
    private const int MostAttempts = 5;

    private readonly NpgsqlDataSource _source = place.CreateSource();

    // The runs of which everything in the store came over this connection or was found since it was opened.
    private readonly HashSet<int> _knownRuns = [];
    private StoreSession? _session;

    /// <summary>Inserts records of one run; when it returns, all of them are in the store for good.</summary>
    /// <exception cref="AuditRejectedException">The store refuses one of them for good. Those before it may be in the store; the others are not.</exception>
    /// <exception cref="AuditStoreException">The store cannot take them now. Any of them may be in the store.</exception>
    public async ValueTask InsertAsync(IReadOnlyList<AuditEnvelope> records, Action<int> confirm, CancellationToken cancellationToken)
    {
        try
        {
            _session ??= await StoreSession.OpenAsync(_source, place, cancellationToken).ConfigureAwait(false);
            int run = await _session.FindRunAsync(records[0].Id, cancellationToken).ConfigureAwait(false);
            await _session.PrepareMonthsAsync(records, cancellationToken).ConfigureAwait(false);
            await InsertPartAsync(new RecordPart(_session, run, new ArraySegment<AuditEnvelope>([.. records]), confirm), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not AuditRejectedException)
        {
            // Whatever the connection is in the middle of, the next call starts afresh.
            await CloseAsync().ConfigureAwait(false);
            if (StoreFailure.IsOfStore(failure)) throw StoreFailure.Of(failure, place.Name, place.Role);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask InsertPartAsync(RecordPart part, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await InsertMissingAsync(part, cancellationToken).ConfigureAwait(false);
                part.Confirm(part.End);
                return;
            }
            catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UniqueViolation && attempt < MostAttempts)
            {
                _knownRuns.Remove(part.Run);
            }
            catch (PostgresException failure) when (IsRefusal(failure))
            {
                if (part.Records.Count == 1) throw new AuditRejectedException(part.Records.Offset, $"{place.Name}: {failure.MessageText} ({failure.SqlState}).", failure);
                // Which record it was, the server does not always say.
                int half = part.Records.Count / 2;
                await InsertPartAsync(part with { Records = part.Records[..half] }, cancellationToken).ConfigureAwait(false);
                part = part with { Records = part.Records[half..] };
                attempt = 0;
            }
        }
    }

    private async ValueTask InsertMissingAsync(RecordPart part, CancellationToken cancellationToken)
    {
        ArraySegment<AuditEnvelope> missing = part.Records;
        if (!_knownRuns.Contains(part.Run))
        {
            HashSet<long> stored = await part.Session.FindStoredAsync(part.Run, missing, cancellationToken).ConfigureAwait(false);
            if (stored.Count > 0) missing = missing.Where(record => !stored.Contains(record.Id.Number)).ToArray();
        }
        // A COPY that commits settles what was committed before it, too.
        if (missing.Count > 0) await part.Session.CopyAsync(part.Run, missing, cancellationToken).ConfigureAwait(false);
        else await part.Session.SettleAsync(cancellationToken).ConfigureAwait(false);
        _knownRuns.Add(part.Run);
    }

    // Errors in the data (22), violated constraints (23) and exceeded limits (54) concern a record, however often it is sent.
    private static bool IsRefusal(PostgresException failure) =>
        failure.SqlState != PostgresErrorCodes.UniqueViolation && failure.SqlState[..2] is ("22" or "23" or "54");

    private async ValueTask CloseAsync()
    {
        _knownRuns.Clear();
        if (_session is null) return;
        await _session.DisposeAsync().ConfigureAwait(false);
        _session = null;
    }

    /// <summary>Some of the records that are to be inserted by one COPY.</summary>
    private sealed record RecordPart(StoreSession Session, int Run, ArraySegment<AuditEnvelope> Records, Action<int> Confirm)
    {
        /// <summary>The number of records up to the end of this part, counted from the first record of the call.</summary>
        public int End => Records.Offset + Records.Count;
    }
}
