using EzAudit.Formats.Classic;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit.Reading.Grouping;

/// <summary>Counts the records of one classic file in place by several groupings. Not thread-safe.</summary>
internal sealed class ViewGrouper
{
    private readonly GroupCount _all = new();
    private readonly ViewGrouping[] _groupings;

    public ViewGrouper(IReadOnlyList<AuditGrouping> groupings, QueryMatcher test, LogMember member)
    {
        var columns = groupings.SelectMany(grouping => grouping.Keys).Distinct()
            .ToDictionary(key => key, key => new KeyColumn(key, test.FunctionsOf(member.File), new ViewFunction(member.File, member.Time)));
        _groupings = [.. groupings.Select(grouping => new ViewGrouping(grouping, columns))];
        Judge = new ClassicQueryMatcher(test, member.File, member.Time);
    }

    /// <summary>Decides which records count.</summary>
    public ClassicQueryMatcher Judge { get; }

    public void Add(in ClassicView view, long ticks)
    {
        _all.Add(ticks);
        foreach (ViewGrouping grouping in _groupings) grouping.Add(view, ticks);
    }

    public void AddTo(GroupTotals totals)
    {
        totals.All.Add(_all);
        for (int i = 0; i < _groupings.Length; i++) _groupings[i].AddTo(totals, i);
    }
}
