namespace EzAudit.Storage;

/// <summary>Objects used again and again, so that none is allocated for a record. For many threads at once.</summary>
internal sealed class SlotPool<T> where T : class, new()
{
    private readonly T?[] _slots = new T?[Math.Max(8, Environment.ProcessorCount * 8)];

    public T Rent() => Interlocked.Exchange(ref Slot(), null) ?? new T();

    public void Return(T item) => Volatile.Write(ref Slot()!, item);

    // By thread: a thread mostly finds what it gave back, and two threads seldom want the same slot.
    private ref T? Slot() => ref _slots[Environment.CurrentManagedThreadId % _slots.Length];
}
