using EzAudit.Records;
using NodaTime;

namespace EzAudit.Reading;

/// <summary>Counts records of any format by groupings.</summary>
internal sealed class Grouper(IReadOnlyList<AuditGrouping> groupings, RecordTest test, DateTimeZone zone, GroupTotals totals)
{
    public void Add(AuditRecord record, string? function)
    {
        totals.All.Add(record.Time.UtcTicks);
        DateTime local = Instant.FromDateTimeOffset(record.Time).InZone(zone).ToDateTimeUnspecified();
        for (int i = 0; i < groupings.Count; i++)
            totals[i, new KeyList([.. groupings[i].Keys.Select(key => TextOf(key, record, function, local))])].Add(record.Time.UtcTicks);
    }

    private string? TextOf(AuditGroupKey key, AuditRecord record, string? function, DateTime local) => key.Kind switch
    {
        AuditGroupKind.Actor => GroupText.OfActor(record.Actor.Login, record.Actor.Id),
        AuditGroupKind.Function => function,
        AuditGroupKind.Address => record.Address,
        AuditGroupKind.Day => GroupText.OfDay(local),
        AuditGroupKind.Hour => GroupText.OfHour(local),
        AuditGroupKind.Outcome => GroupText.OfOutcome(test.OutcomeOf(record, function)),
        _ => record[key.Name],
    };
}
