using EzAudit.Records;

namespace EzAudit;

/// <summary>
/// Records that can be searched, counted, summarized and followed: log files (<see cref="AuditLogReader"/>) or a central store. The same query gives the same
/// answer wherever the records are.
/// </summary>
public interface IAuditSource : IDisposable
{
    /// <summary>The functions that are defined; they decide the outcome of records that do not state it.</summary>
    IReadOnlyCollection<AuditFunction> Functions { get; }

    /// <summary>The id of the time zone of days and hours, such as <c>Europe/Vienna</c>.</summary>
    string TimeZone { get; }

    /// <summary>The records that match a query, oldest first. Read on demand.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Receives progress and problems.</param>
    /// <param name="cancellationToken">Stops the search with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    IEnumerable<AuditFoundRecord> Search(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The records that match a query, newest first. Only as much is read as the records that the caller takes require.</summary>
    /// <inheritdoc cref="Search"/>
    IEnumerable<AuditFoundRecord> SearchBackwards(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The number of records that match a query.</summary>
    /// <inheritdoc cref="Search"/>
    long Count(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Counts the records that match a query in groups.</summary>
    /// <param name="query">The query.</param>
    /// <param name="groupings">How to group; if empty, only the total is counted.</param>
    /// <param name="options">Receives progress and problems.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    AuditSummary Summarize(AuditQuery query, IReadOnlyList<AuditGrouping> groupings, AuditReadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>New records as they come in, each once, until cancelled.</summary>
    /// <param name="query">The query.</param>
    /// <param name="last">How many of the existing records to return first.</param>
    /// <param name="options">Receives problems as they are found.</param>
    /// <param name="cancellationToken">Ends the sequence without an exception.</param>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    IAsyncEnumerable<AuditFoundRecord> FollowAsync(AuditQuery query, int last = 0, AuditReadOptions? options = null, CancellationToken cancellationToken = default);
}
