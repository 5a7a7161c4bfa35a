using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using EzAudit.Formats.InPlace;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Reading.Grouping;

/// <summary>Counts the records of one file in place by several groupings. Not thread-safe.</summary>
internal sealed class Grouper
{
    private readonly GroupCount _all = new();
    private readonly GroupCounts[] _groupings;

    /// <param name="groupings">The groupings.</param>
    /// <param name="matcher">Decides which records count.</param>
    /// <param name="zone">The zone of days and hours.</param>
    public Grouper(IReadOnlyList<AuditGrouping> groupings, RecordMatcher matcher, DateTimeZone zone)
    {
        var columns = groupings.SelectMany(grouping => grouping.Keys).Distinct()
            .ToDictionary(key => key, key => new KeyColumn(key, matcher.Functions, zone));
        _groupings = [.. groupings.Select(grouping => new GroupCounts([.. grouping.Keys.Select(key => columns[key])]))];
        Matcher = matcher;
    }

    public RecordMatcher Matcher { get; }

    public void Add(in RecordView view)
    {
        _all.Add(view.UtcTicks);
        foreach (GroupCounts grouping in _groupings) grouping.Add(view);
    }

    public void AddTo(GroupTotals totals)
    {
        totals.All.Add(_all);
        for (int i = 0; i < _groupings.Length; i++) _groupings[i].AddTo(totals, i);
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

/// <summary>Counts the records of one part of a file by group; the parts of a file reuse the same counters in turn.</summary>
internal sealed class GroupedRecords : MatchSink, IDisposable
{
    private readonly ConcurrentBag<Grouper> _free;
    private readonly Grouper _grouper;

    /// <param name="free">Counters that no thread uses now.</param>
    /// <param name="create">Creates counters.</param>
    public GroupedRecords(ConcurrentBag<Grouper> free, Func<Grouper> create) : this(free, free.TryTake(out Grouper? grouper) ? grouper : create())
    {
    }

    private GroupedRecords(ConcurrentBag<Grouper> free, Grouper grouper) : base(grouper.Matcher)
    {
        _free = free;
        _grouper = grouper;
    }

    /// <summary>Returns the counters for the next part.</summary>
    public void Dispose() => _free.Add(_grouper);

    protected override void Keep(in RecordView view, ReadOnlySpan<byte> bytes, long offset, bool isSound) => _grouper.Add(view);
}
