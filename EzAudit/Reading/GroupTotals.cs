using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>Counts of groups, put together from those of the threads and files.</summary>
internal sealed class GroupTotals(int groupingCount)
{
    private readonly Dictionary<KeyList, GroupCount>[] _groups = [.. Enumerable.Range(0, groupingCount).Select(_ => new Dictionary<KeyList, GroupCount>())];

    /// <summary>All records together.</summary>
    public GroupCount All { get; } = new();

    public GroupCount this[int grouping, KeyList keys]
    {
        get
        {
            if (!_groups[grouping].TryGetValue(keys, out GroupCount? count)) _groups[grouping].Add(keys, count = new GroupCount());
            return count;
        }
    }

    public AuditSummary ToSummary(IReadOnlyList<AuditLogProblem> problems) => new(
        All.Count,
        All.Count == 0 ? null : All.First,
        All.Count == 0 ? null : All.Last,
        [.. _groups.Select(Sorted)],
        problems);

    private static IReadOnlyList<AuditGroup> Sorted(Dictionary<KeyList, GroupCount> groups) => [.. groups
        .OrderByDescending(group => group.Value.Count)
        .ThenBy(group => group.Key)
        .Select(group => new AuditGroup(group.Key.Texts, group.Value.Count, group.Value.First, group.Value.Last))];
}
