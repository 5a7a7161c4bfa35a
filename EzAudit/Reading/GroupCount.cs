namespace EzAudit.Reading;

/// <summary>How many records a group has, and from when to when.</summary>
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
