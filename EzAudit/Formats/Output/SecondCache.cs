namespace EzAudit.Formats.Output;

/// <summary>What all records of one second have in common, rendered by the first of them. Thread-safe without a lock: entries are immutable.</summary>
/// <remarks>Optimized for speed: most records follow another of the same second. Measured by the benchmark of the formats.</remarks>
/// <param name="render">Renders a second, in seconds since the year 1.</param>
internal sealed class SecondCache<T>(Func<long, T> render)
{
    private Entry? _last;

    public T Get(long second)
    {
        Entry? last = Volatile.Read(ref _last);
        return last is not null && last.Second == second ? last.Value : Add(second);
    }

    private T Add(long second)
    {
        var entry = new Entry(second, render(second));
        Volatile.Write(ref _last, entry);
        return entry.Value;
    }

    private sealed record Entry(long Second, T Value);
}
