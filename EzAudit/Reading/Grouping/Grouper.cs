using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using EzAudit.Formats.InPlace;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Reading.Grouping;

/// <summary>Counts the records of one file in place by several groupings; the parts of the file reuse the same counters in turn. Not thread-safe.</summary>
internal sealed class Grouper : MatchSink, IDisposable
{
    private readonly GroupCount _all = new();
    private readonly GroupCounts[] _groupings;
    private readonly ConcurrentBag<Grouper> _free;

    /// <param name="groupings">The groupings.</param>
    /// <param name="matcher">Decides which records count.</param>
    /// <param name="zone">The zone of days and hours.</param>
    /// <param name="free">Receives it when a part ends, for the next part.</param>
    public Grouper(IReadOnlyList<AuditGrouping> groupings, RecordMatcher matcher, DateTimeZone zone, ConcurrentBag<Grouper> free) : base(matcher)
    {
        var columns = groupings.SelectMany(grouping => grouping.Keys).Distinct()
            .ToDictionary(key => key, key => new KeyColumn(key, matcher.Functions, zone));
        _groupings = [.. groupings.Select(grouping => new GroupCounts([.. grouping.Keys.Select(key => columns[key])]))];
        _free = free;
    }

    public void AddTo(GroupTotals totals)
    {
        totals.All.Add(_all);
        for (int i = 0; i < _groupings.Length; i++) _groupings[i].AddTo(totals, i);
    }

    public void Dispose() => _free.Add(this);

    protected override void Keep(in RecordView view, ReadOnlySpan<byte> bytes, long offset, bool isSound)
    {
        _all.Add(view.UtcTicks);
        foreach (GroupCounts grouping in _groupings) grouping.Add(view);
    }
}

/// <summary>Counts records in place by one grouping.</summary>
/// <remarks>Optimized for speed; see the benchmark read-back.</remarks>
/// <param name="columns">The keys of the grouping, which several groupings may share.</param>
internal sealed class GroupCounts(KeyColumn[] columns)
{
    private readonly int[] _numbers = new int[columns.Length];
    private readonly ByteTable _table = new();
    private readonly List<GroupCount> _counts = [];

    public void Add(in RecordView view)
    {
        for (int i = 0; i < columns.Length; i++) _numbers[i] = columns[i].NumberOf(view);
        // A single key already numbers its groups; -1 means no key.
        int number = columns.Length == 1 ? _numbers[0] + 1 : _table.NumberOf(MemoryMarshal.AsBytes<int>(_numbers));
        while (number >= _counts.Count) _counts.Add(new GroupCount());
        _counts[number].Add(view.UtcTicks);
    }

    public void AddTo(GroupTotals totals, int grouping)
    {
        for (int number = 0; number < _counts.Count; number++)
        {
            if (_counts[number].Count == 0) continue;
            ReadOnlySpan<int> numbers = columns.Length == 1 ? [number - 1] : MemoryMarshal.Cast<byte, int>(_table[number]);
            string?[] texts = new string?[columns.Length];
            for (int i = 0; i < texts.Length; i++) texts[i] = columns[i].TextOf(numbers[i]);
            totals[grouping, new KeyList(texts)].Add(_counts[number]);
        }
    }
}
