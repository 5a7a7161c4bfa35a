using System.Globalization;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Reading;

/// <summary>Counts records by groupings, one record after the other.</summary>
internal sealed class Grouper(IReadOnlyList<AuditGrouping> groupings, DateTimeZone zone, FunctionNames functions)
{
    private readonly Dictionary<KeyList, GroupCount>[] _groups = [.. groupings.Select(_ => new Dictionary<KeyList, GroupCount>())];
    private readonly GroupCount _all = new();

    public void Add(AuditRecord record, string? function)
    {
        _all.Add(record.Time.UtcTicks, 1);
        for (int i = 0; i < _groups.Length; i++)
        {
            var keys = new KeyList([.. groupings[i].Keys.Select(key => TextOf(key, record, function))]);
            if (!_groups[i].TryGetValue(keys, out GroupCount? count)) _groups[i].Add(keys, count = new GroupCount());
            count.Add(record.Time.UtcTicks, 1);
        }
    }

    public AuditSummary ToSummary(IReadOnlyList<AuditLogProblem> problems) => new(
        _all.Count,
        _all.Count == 0 ? null : _all.First,
        _all.Count == 0 ? null : _all.Last,
        [.. _groups.Select(Sorted)],
        problems);

    private static IReadOnlyList<AuditGroup> Sorted(Dictionary<KeyList, GroupCount> groups) => [.. groups
        .OrderByDescending(group => group.Value.Count)
        .ThenBy(group => group.Key)
        .Select(group => new AuditGroup(group.Key.Texts, group.Value.Count, group.Value.First, group.Value.Last))];

    private string? TextOf(AuditGroupKey key, AuditRecord record, string? function) => key.Kind switch
    {
        AuditGroupKind.Actor => $"{record.Actor.Login}:{record.Actor.Id}",
        AuditGroupKind.Function => function,
        AuditGroupKind.Address => record.Address,
        AuditGroupKind.Day => Local(record, "yyyy-MM-dd"),
        AuditGroupKind.Hour => Local(record, "yyyy-MM-dd HH"),
        AuditGroupKind.Outcome => OutcomeText(RecordOutcome.Of(record) ?? functions.OutcomeOf(function)),
        _ => record[key.Name],
    };

    private string Local(AuditRecord record, string pattern) => Instant.FromDateTimeOffset(record.Time)
        .InZone(zone).ToDateTimeUnspecified().ToString(pattern, CultureInfo.InvariantCulture);

    private static string? OutcomeText(AuditOutcome? outcome) => outcome switch
    {
        AuditOutcome.Success => "success",
        AuditOutcome.Failure => "failure",
        _ => null,
    };
}
