using EzAudit.Records;

namespace EzAudit.Reading.Grouping;

/// <summary>Merges the group counts of threads and files.</summary>
internal sealed class GroupTotals(int groupingCount)
{
    private readonly Dictionary<KeyList, GroupCount>[] _groups = [.. Enumerable.Range(0, groupingCount).Select(_ => new Dictionary<KeyList, GroupCount>())];

    /// <summary>The count of all records.</summary>
    public GroupCount All { get; } = new();

    public GroupCount this[int grouping, KeyList keys]
    {
        get
        {
            if (!_groups[grouping].TryGetValue(keys, out GroupCount? count)) _groups[grouping].Add(keys, count = new GroupCount());
            return count;
        }
    }

    public AuditSummary ToSummary(IReadOnlyList<AuditLogProblem> problems) => new()
    {
        Count = All.Count,
        First = All.Count == 0 ? null : All.First,
        Last = All.Count == 0 ? null : All.Last,
        Groups = [.. _groups.Select(Sorted)],
        Problems = problems,
    };

    private static IReadOnlyList<AuditGroup> Sorted(Dictionary<KeyList, GroupCount> groups) => [.. groups
        .OrderByDescending(group => group.Value.Count)
        .ThenBy(group => group.Key)
        .Select(group => new AuditGroup { Keys = group.Key.Texts, Count = group.Value.Count, First = group.Value.First, Last = group.Value.Last })];
}

/// <summary>The keys of a group, compared one by one.</summary>
internal readonly struct KeyList(string?[] texts) : IEquatable<KeyList>, IComparable<KeyList>
{
    public IReadOnlyList<string?> Texts => texts;

    public bool Equals(KeyList other) => texts.AsSpan().SequenceEqual(other.Texts as string?[]);

    public override bool Equals(object? obj) => obj is KeyList other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (string? text in texts) hash.Add(text, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>Ordinal; a missing key comes first.</summary>
    public int CompareTo(KeyList other)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            if (string.CompareOrdinal(texts[i], other.Texts[i]) is var order and not 0) return order;
        }
        return 0;
    }
}

/// <summary>How many records a group has, and the times of the first and the last.</summary>
internal sealed class GroupCount
{
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public long Count { get; private set; }

    public DateTimeOffset First => new(_first, TimeSpan.Zero);

    public DateTimeOffset Last => new(_last, TimeSpan.Zero);

    public void Add(long ticks)
    {
        Count++;
        if (ticks < _first) _first = ticks;
        if (ticks > _last) _last = ticks;
    }

    public void Add(GroupCount other)
    {
        Count += other.Count;
        _first = Math.Min(_first, other._first);
        _last = Math.Max(_last, other._last);
    }
}
