using System.Globalization;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Reading.Grouping;

/// <summary>Counts records of any format by groupings.</summary>
internal sealed class Grouper(IReadOnlyList<AuditGrouping> groupings, QueryMatcher test, DateTimeZone zone, GroupTotals totals)
{
    private AuditLogFile? _file;
    private FunctionTest? _functions;

    public void Add(AuditRecord record, AuditLogFile file)
    {
        totals.All.Add(record.Time.UtcTicks);
        DateTime local = Instant.FromDateTimeOffset(record.Time).InZone(zone).ToDateTimeUnspecified();
        for (int i = 0; i < groupings.Count; i++)
            totals[i, new KeyList([.. groupings[i].Keys.Select(key => TextOf(key, record, file, local))])].Add(record.Time.UtcTicks);
    }

    private string? TextOf(AuditGroupKey key, AuditRecord record, AuditLogFile file, DateTime local) => key.Kind switch
    {
        AuditGroupKind.Actor => GroupText.OfActor(record.Actor.Login, record.Actor.Id),
        AuditGroupKind.Function => file.FunctionOf(record),
        AuditGroupKind.Address => record.Address,
        AuditGroupKind.Day => GroupText.OfDay(local),
        AuditGroupKind.Hour => GroupText.OfHour(local),
        AuditGroupKind.Outcome => GroupText.OfOutcome(FunctionsOf(file).OutcomeOf(file.FunctionOf(record), RecordOutcome.Of(record))),
        _ => record[key.Name],
    };

    private FunctionTest FunctionsOf(AuditLogFile file)
    {
        if (!ReferenceEquals(file, _file)) _functions = test.FunctionsOf(file);
        _file = file;
        return _functions!;
    }
}

/// <summary>Formats the keys of groups.</summary>
internal static class GroupText
{
    public static string OfActor(string login, string id) => $"{login}:{id}";

    public static string OfDay(DateTime local) => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string OfHour(DateTime local) => local.ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture);

    public static string? OfOutcome(AuditOutcome? outcome) => outcome switch
    {
        AuditOutcome.Success => "success",
        AuditOutcome.Failure => "failure",
        _ => null,
    };
}
