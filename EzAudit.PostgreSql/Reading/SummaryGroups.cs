using EzAudit.Records;

namespace EzAudit.PostgreSql.Reading;

/// <summary>The groups of one grouping, and their counts.</summary>
/// <param name="keys">The keys of the grouping.</param>
/// <param name="mask">The columns that the keys are made of.</param>
internal sealed class SummaryGroups(IReadOnlyList<AuditGroupKey> keys, int mask)
{
    private readonly Dictionary<string?[], SummaryCount> _counts = new(new KeyComparer());

    public IReadOnlyList<AuditGroupKey> Keys => keys;

    public int Mask => mask;

    /// <summary>The count of a grouping without keys.</summary>
    public SummaryCount Total => _counts.GetValueOrDefault([]);

    /// <summary>Adds records; different columns may give the same key.</summary>
    public void Add(string?[] texts, SummaryCount count) => _counts[texts] = _counts.TryGetValue(texts, out SummaryCount known) ? known.With(count) : count;

    /// <summary>The groups as <see cref="AuditSummary.Groups"/> has them.</summary>
    public IReadOnlyList<AuditGroup> Sorted() => [.. _counts
        .OrderByDescending(group => group.Value.Count)
        .ThenBy(group => group.Key, Comparer<string?[]>.Create(Compare))
        .Select(group => new AuditGroup
        {
            Keys = group.Key,
            Count = group.Value.Count,
            First = new DateTimeOffset(group.Value.First, TimeSpan.Zero),
            Last = new DateTimeOffset(group.Value.Last, TimeSpan.Zero),
        })];

    private static int Compare(string?[] left, string?[] right) =>
        left.Zip(right).Select(pair => string.CompareOrdinal(pair.First, pair.Second)).FirstOrDefault(order => order != 0);

    private sealed class KeyComparer : IEqualityComparer<string?[]>
    {
        public bool Equals(string?[]? left, string?[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(string?[] texts)
        {
            var hash = new HashCode();
            foreach (string? text in texts) hash.Add(text, StringComparer.Ordinal);
            return hash.ToHashCode();
        }
    }
}

/// <summary>How many records there are, and the ticks of the first and the last.</summary>
internal readonly record struct SummaryCount(long Count, long First, long Last)
{
    public SummaryCount With(SummaryCount other) => new(Count + other.Count, Math.Min(First, other.First), Math.Max(Last, other.Last));
}

/// <summary>What a key of a grouping reads.</summary>
internal enum GroupKind
{
    Function,
    Actor,
    Address,
    Day,
    Hour,
    Other,
}

/// <summary>Tells the keys of groupings apart.</summary>
internal static class GroupKinds
{
    public static GroupKind Kind(this AuditGroupKey key)
    {
        if (key == AuditGroupKey.Function) return GroupKind.Function;
        if (key == AuditGroupKey.Actor) return GroupKind.Actor;
        if (key == AuditGroupKey.Address) return GroupKind.Address;
        if (key == AuditGroupKey.Day) return GroupKind.Day;
        return key == AuditGroupKey.Hour ? GroupKind.Hour : GroupKind.Other;
    }
}
