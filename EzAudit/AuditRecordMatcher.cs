using EzAudit.Formats.Json;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit;

/// <summary>Tests records against a query exactly as <see cref="AuditLogReader"/> does; for an <see cref="IAuditSource"/> of one's own. Not thread-safe.</summary>
public sealed class AuditRecordMatcher
{
    internal static readonly AuditLogFile Anywhere = new() { Path = "", SaysFunctions = true };

    private readonly RecordMatcher _matcher;

    /// <summary>Compiles a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="definitions">The functions that are defined.</param>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    public AuditRecordMatcher(AuditQuery query, IEnumerable<AuditFunction> definitions)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(definitions);
        _matcher = new RecordMatcher(new QueryMatcher(query, definitions.ToDictionary(function => function.Name, StringComparer.Ordinal)), Anywhere);
    }

    /// <summary>Whether a record matches.</summary>
    public bool IsMatch(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _matcher.IsMatch(JsonView.Of(record, isSound: true), out _);
    }
}
