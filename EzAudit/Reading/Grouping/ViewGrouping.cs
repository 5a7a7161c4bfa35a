using System.Runtime.InteropServices;
using EzAudit.Formats.Classic;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit.Reading.Grouping;

/// <summary>Counts classic records in place by one grouping.</summary>
/// <remarks>Optimized for speed; see the benchmark read-back. Not thread-safe.</remarks>
internal sealed class ViewGrouping
{
    private readonly AuditGrouping _grouping;
    private readonly KeyColumn[] _columns;
    private readonly int[] _numbers;
    private readonly ByteTable _table = new();
    private readonly List<GroupCount> _counts = [];

    /// <param name="grouping">The grouping.</param>
    /// <param name="columns">The keys of the grouping, which several groupings may share.</param>
    public ViewGrouping(AuditGrouping grouping, IReadOnlyDictionary<AuditGroupKey, KeyColumn> columns)
    {
        _grouping = grouping;
        _columns = [.. grouping.Keys.Select(key => columns[key])];
        _numbers = new int[_columns.Length];
    }

    public void Add(in ClassicView view, long ticks)
    {
        for (int i = 0; i < _columns.Length; i++) _numbers[i] = _columns[i].NumberOf(view);
        // A single key already numbers its groups; -1 means no key.
        int number = _columns.Length == 1 ? _numbers[0] + 1 : _table.NumberOf(MemoryMarshal.AsBytes<int>(_numbers));
        while (number >= _counts.Count) _counts.Add(new GroupCount());
        _counts[number].Add(ticks);
    }

    public void AddTo(GroupTotals totals, int grouping)
    {
        for (int number = 0; number < _counts.Count; number++)
        {
            if (_counts[number].Count == 0) continue;
            ReadOnlySpan<int> numbers = _columns.Length == 1 ? [number - 1] : MemoryMarshal.Cast<byte, int>(_table[number]);
            string?[] texts = new string?[_grouping.Keys.Count];
            for (int i = 0; i < texts.Length; i++) texts[i] = _columns[i].TextOf(numbers[i]);
            totals[grouping, new KeyList(texts)].Add(_counts[number]);
        }
    }
}
