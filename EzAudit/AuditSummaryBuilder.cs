using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using EzAudit.Formats.InPlace;
using EzAudit.Formats.Json;
using EzAudit.Reading.Grouping;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using NodaTime;

namespace EzAudit;

/// <summary>Counts records in groups exactly as <see cref="AuditLogReader"/> does; for an <see cref="IAuditSource"/> of one's own. Not thread-safe.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Disposing a grouper only hands it to the next part of a file.")]
public sealed class AuditSummaryBuilder
{
    private readonly Grouper _grouper;
    private readonly int _groupingCount;

    /// <summary>Compiles a query.</summary>
    /// <param name="query">The query; records that do not match it are not counted.</param>
    /// <param name="groupings">How to group; if empty, only the total is counted.</param>
    /// <param name="definitions">The functions that are defined.</param>
    /// <param name="timeZone">The id of the time zone of days and hours.</param>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network, or the time zone is unknown.</exception>
    public AuditSummaryBuilder(AuditQuery query, IReadOnlyList<AuditGrouping> groupings, IEnumerable<AuditFunction> definitions, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(groupings);
        ArgumentNullException.ThrowIfNull(definitions);
        DateTimeZone zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? throw new ArgumentException($"{timeZone}: no such time zone.", nameof(timeZone));
        var matcher = new QueryMatcher(query, definitions.ToDictionary(function => function.Name, StringComparer.Ordinal));
        _grouper = new Grouper(groupings, new RecordMatcher(matcher, AuditRecordMatcher.Anywhere), zone, new ConcurrentBag<Grouper>());
        _groupingCount = groupings.Count;
    }

    /// <summary>Counts a record if it matches.</summary>
    public void Add(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        RecordView view = JsonView.Of(record, isSound: true);
        _grouper.Take(view.Text, new RecordPiece(view.Text.Length, IsRecord: true), view, 0);
    }

    /// <summary>The counts so far.</summary>
    public AuditSummary Build()
    {
        var totals = new GroupTotals(_groupingCount);
        _grouper.AddTo(totals);
        return totals.ToSummary(_grouper.Problems.All);
    }
}
