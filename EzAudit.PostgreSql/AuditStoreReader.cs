using System.Runtime.CompilerServices;
using EzAudit.PostgreSql.Reading;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Verifying;
using EzAudit.Records;
using Npgsql;

namespace EzAudit.PostgreSql;

/// <summary>Reads the central store: searches, counts, summarizes and follows the records of all origins as one log.</summary>
/// <remarks>
/// SQL finds the records that may match, and <see cref="AuditRecordMatcher"/> decides, so a query gives the answer that it gives on log files. Thread-safe.
/// Reading throws <see cref="AuditStoreException"/> if the store cannot be used.
/// </remarks>
public sealed class AuditStoreReader : IAuditSource
{
    private readonly StorePlace _place;
    private readonly NpgsqlDataSource _source;
    private readonly RunNames _runs;
    private readonly StoreLayout _layout;
    private readonly Lazy<bool> _isChecked;

    /// <summary>Initializes a reader; connects to nothing yet.</summary>
    /// <param name="connectionString">A connection string of Npgsql, such as <c>Host=db1;Database=audit;Username=auditor</c>. The role needs <c>ezaudit_reader</c>.</param>
    /// <param name="functions">The functions that are defined, such as those of <see cref="AuditLogReader.Functions"/>.</param>
    /// <param name="timeZone">The id of the time zone of days and hours.</param>
    /// <exception cref="ArgumentException">The text is not a connection string.</exception>
    public AuditStoreReader(string connectionString, IEnumerable<AuditFunction>? functions = null, string timeZone = "UTC")
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(timeZone);
        _place = new StorePlace(connectionString);
        _source = _place.CreateSource();
        _runs = new RunNames(_source, _place.Name);
        _layout = new StoreLayout(_source);
        _isChecked = new Lazy<bool>(Check, LazyThreadSafetyMode.PublicationOnly);
        Functions = [.. functions ?? []];
        TimeZone = timeZone;
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<AuditFunction> Functions { get; }

    /// <inheritdoc/>
    public string TimeZone { get; }

    /// <summary>Where the store is: <c>db1/audit</c>.</summary>
    public string Place => _place.Name;

    /// <inheritdoc/>
    public IEnumerable<AuditFoundRecord> Search(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default) =>
        Search(query, isBackwards: false, options, cancellationToken);

    /// <inheritdoc/>
    public IEnumerable<AuditFoundRecord> SearchBackwards(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default) =>
        Search(query, isBackwards: true, options, cancellationToken);

    /// <inheritdoc/>
    public long Count(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default) =>
        Summarize(query, [], options, cancellationToken).Count;

    /// <inheritdoc/>
    public AuditSummary Summarize(
        AuditQuery query, IReadOnlyList<AuditGrouping> groupings, AuditReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        RefuseVerified(options);
        // Compiled first, so that a mistake in the query shows in any case.
        var summary = new AuditSummaryBuilder(query, groupings, Functions, TimeZone);
        if (TrySummarize(query, groupings, cancellationToken) is { } read) return read;
        foreach (StoredRecord stored in Guarded(SearchOf(query, cancellationToken).InAnyOrder(), cancellationToken)) summary.Add(stored.Record);
        return summary.Build();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditFoundRecord> FollowAsync(
        AuditQuery query, int last = 0, AuditReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        RefuseVerified(options);
        return FollowAsync(new AuditRecordMatcher(query, Functions), query, last, cancellationToken);
    }

    /// <summary>
    /// Verifies the records of one ledger: that they are what was written to the sealed log files, that none was added, and which are missing. Needs the ledger, but
    /// not the log files.
    /// </summary>
    /// <param name="ledger">The ledger, with the keys that are trusted.</param>
    /// <param name="options">Further anchors, and how the verification runs.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">A file of the ledger cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file of the ledger is denied.</exception>
    public AuditVerification Verify(AuditLedger ledger, AuditVerifyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        _ = _isChecked.Value;
        return new StoreVerifier(_source, _place, ledger).Verify(options ?? new AuditVerifyOptions(), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private IEnumerable<AuditFoundRecord> Search(AuditQuery query, bool isBackwards, AuditReadOptions? options, CancellationToken cancellationToken)
    {
        RefuseVerified(options);
        // Compiled here, so that a mistake in the query shows at the call.
        var matcher = new AuditRecordMatcher(query, Functions);
        return Find();

        IEnumerable<AuditFoundRecord> Find()
        {
            foreach (StoredRecord stored in Guarded(SearchOf(query, cancellationToken).InOrder(isBackwards), cancellationToken))
            {
                if (matcher.IsMatch(stored.Record)) yield return Found(stored);
            }
        }
    }

    private async IAsyncEnumerable<AuditFoundRecord> FollowAsync(
        AuditRecordMatcher matcher, AuditQuery query, int last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _ = _isChecked.Value;
        var follower = new StoreFollower(_source, _place, new StoreQuery(query));
        follower.Start();
        // Those that come in between the start and this search would be found by both.
        var seen = new HashSet<StoredKey>();
        StoredRecord[] newest = [.. Guarded(SearchOf(query, default).InOrder(isBackwards: true), default).Where(stored => matcher.IsMatch(stored.Record)).Take(last)];
        foreach (StoredRecord stored in newest.Reverse())
        {
            seen.Add(stored.Key);
            yield return Found(stored);
        }
        await foreach (StoredRecord stored in follower.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!seen.Remove(stored.Key) && matcher.IsMatch(stored.Record)) yield return Found(stored);
        }
    }

    private AuditSummary? TrySummarize(AuditQuery query, IReadOnlyList<AuditGrouping> groupings, CancellationToken cancellationToken)
    {
        _ = _isChecked.Value;
        if (StoreSummary.TryCreate(new StoreQuery(query), groupings, TimeZone) is not { } summary) return null;
        return _place.Use(
            () =>
            {
                using NpgsqlConnection connection = _source.OpenConnection();
                return summary.TryRead(connection, cancellationToken);
            },
            cancellationToken);
    }

    private StoreSearch SearchOf(AuditQuery query, CancellationToken cancellationToken) => new(_source, _layout, new StoreQuery(query), cancellationToken);

    private AuditFoundRecord Found(StoredRecord stored) => new(_runs.FileOf(stored.Key.Run), stored.Record) { Offset = stored.Key.Number, Bytes = stored.Bytes };

    private IEnumerable<StoredRecord> Guarded(IEnumerable<StoredRecord> records, CancellationToken cancellationToken)
    {
        _ = _isChecked.Value;
        using IEnumerator<StoredRecord> enumerator = records.GetEnumerator();
        while (_place.Use(enumerator.MoveNext, cancellationToken)) yield return enumerator.Current;
    }

    private bool Check() => _place.Use(() =>
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        StoreSchema.RequireAsync(connection, _place.Name, default).AsTask().GetAwaiter().GetResult();
        return true;
    });

    private static void RefuseVerified(AuditReadOptions? options)
    {
        if (options?.VerifiedBy is not null) throw new ArgumentException("The ledger vouches for log files, not for the store. Search the files.", nameof(options));
    }
}
